/** Methods of the app, and of a group of routes, that register a handler: the route decorators. */
export const VERBS: ReadonlySet<string> = new Set([
  ...["get", "post", "put", "delete", "patch", "head", "options"],
  ...["all", "route", "websocket", "upload", "onBody"],
]);

/** The method that registers WebSockets with handlers of events; it has no decorator. */
export const HANDLER_VERB = "websocketHandler";
