import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { encodeText } from "../bytes/text";
import { mount } from "../files/static_route";
import { Method, methodOf, ROUTABLE_METHODS } from "../http/method";
import { useMiddleware } from "../middleware/chain";
import { Middleware } from "../middleware/middleware";
import { Handler, Route, Scope } from "../routing/route";
import { EventRoute, WebSocketHandlerFactory } from "../websocket/event_socket";
import { ownOptions, WebSocketOptions } from "../websocket/options";
import { TaskRoute, WebSocketFunction } from "../websocket/task_socket";
import { BodyHandlerFactory } from "../uploads/body_handler";
import { BodyRoute } from "../uploads/body_route";
import { UploadRoute } from "../uploads/upload_route";
import { Group } from "./group";
import { router } from "./settings";

/** What routes are registered on: the app, or a group of it. */
export class Routes {
  constructor(readonly scope: Scope) {}

  get(pattern: string, handler: Handler): this {
    return this.add(Method.GET, pattern, handler);
  }

  head(pattern: string, handler: Handler): this {
    return this.add(Method.HEAD, pattern, handler);
  }

  post(pattern: string, handler: Handler): this {
    return this.add(Method.POST, pattern, handler);
  }

  put(pattern: string, handler: Handler): this {
    return this.add(Method.PUT, pattern, handler);
  }

  delete(pattern: string, handler: Handler): this {
    return this.add(Method.DELETE, pattern, handler);
  }

  patch(pattern: string, handler: Handler): this {
    return this.add(Method.PATCH, pattern, handler);
  }

  options(pattern: string, handler: Handler): this {
    return this.add(Method.OPTIONS, pattern, handler);
  }

  /** A handler for every method. */
  all(pattern: string, handler: Handler): this {
    return this.add(ROUTABLE_METHODS, pattern, handler);
  }

  /** A handler for several methods, such as `"GET,POST"`. Aborts on one that is unknown. */
  route(pattern: string, methods: string, handler: Handler): this {
    return this.add(parseMethods(methods), pattern, handler);
  }

  /**
   * Serves WebSockets by a function, which may wait: for messages, `sleep`, until there is room to send. Where it returns
   * its WebSocket is closed.
   */
  websocket(pattern: string, serve: WebSocketFunction): this {
    return this.register(new TaskRoute(this.path(pattern), serve, this.scope));
  }

  /** Serves WebSockets by a handler each, which is told of events and never waits. */
  websocketHandler(pattern: string, create: WebSocketHandlerFactory): this {
    return this.register(new EventRoute(this.path(pattern), create, this.scope));
  }

  /** Settings of these routes' WebSockets; a group's begin as those of the app. */
  get websocketOptions(): WebSocketOptions {
    return ownOptions(this.scope);
  }

  /**
   * A handler for POST and PUT that runs as soon as the head is there, and takes the content with `req.readBody` or
   * `req.saveUploads`.
   */
  upload(pattern: string, handler: Handler): this {
    return this.register(new UploadRoute(this.path(pattern), handler, this.scope));
  }

  /** Content of POST and PUT goes piece by piece to a handler that `create` creates for each request. */
  onBody(pattern: string, create: BodyHandlerFactory): this {
    return this.register(new BodyRoute(this.path(pattern), create, this.scope));
  }

  /**
   * Adds middleware for all requests of the app, those without a route included, or for the routes of a group. The first
   * one added is the outermost. It holds for routes that were registered before, too.
   */
  use(middleware: Middleware): this {
    useMiddleware(this.scope, middleware);
    return this;
  }

  /** Routes below a path such as `/admin`, with middleware of their own inside of that of these routes. */
  group(prefix: string): Group {
    return new Group(this.path(prefix), this.scope);
  }

  /** Routes with one more middleware: `app.with(new BodyLimit(65536)).post("/photos", add)`. */
  with(middleware: Middleware): Group {
    const group = new Group(this.path(""), this.scope);
    group.use(middleware);
    return group;
  }

  /**
   * Serves the files below a folder of the host at the paths below `prefix`, by GET and HEAD: see docs/static-files.md.
   * Clients may keep them for `maxAge` s; 0 has them ask each time, and a negative one says nothing about it. The app's own
   * routes come first, wherever they are registered.
   */
  mountStatic(prefix: string, folder: string, maxAge: i32 = 3600): this {
    mount(this.path(prefix), folder, maxAge, this.scope);
    return this;
  }

  /** The whole path of a pattern. */
  protected path(pattern: string): string {
    return pattern;
  }

  /** Registers a route. */
  protected register(route: Route): this {
    router.put(route);
    return this;
  }

  private add(methods: i32, pattern: string, handler: Handler): this {
    return this.register(new Route(methods, this.path(pattern), handler, this.scope));
  }
}

/** The mask of a list such as `GET,POST`. */
function parseMethods(list: string): i32 {
  const text = heap.alloc(<usize>list.length * 3 + 1);
  const from = changetype<usize>(list);
  const end = encodeText(from, from + ((<usize>list.length) << 1), text);
  let methods = 0;
  for (let p = text; p <= end; p++) {
    while (p < end && load<u8>(p) == 0x20) p++;
    const name = p;
    while (p < end && load<u8>(p) != 0x2c && load<u8>(p) != 0x20) p++;
    const method = methodOf(name, <i32>(p - name));
    if (!(method & ROUTABLE_METHODS)) fail(ascii("unknown method in "), list);
    methods |= method;
    while (p < end && load<u8>(p) != 0x2c) p++;
  }
  heap.free(text);
  return methods;
}
