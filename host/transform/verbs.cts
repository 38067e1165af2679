/** Methods of the app, and of a group of routes, that register a handler: the route decorators. */
export const VERBS: ReadonlySet<string> = new Set([
  ...["get", "post", "put", "delete", "patch", "head", "options"],
  ...["all", "route", "websocket", "upload"],
]);

/** Methods that register a function which creates handlers, with the methods of their routes; they have no decorators. */
export const FACTORY_VERBS: ReadonlyMap<string, readonly string[]> = new Map([
  ["websocketHandler", ["WEBSOCKET"]],
  ["onBody", ["POST", "PUT"]],
]);
