import { FileError } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { filePath } from "../http/file_path";
import { head } from "../http/parser";
import { Method } from "../http/method";
import { Handler, Route, Scope } from "../routing/route";
import { captures } from "../routing/router";
import { current } from "../server/current";
import { failure } from "../server/dispatch";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { router } from "../server/settings";
import { newPath } from "./file_producer";
import { openedFile, openRequested } from "./file_response";

// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const CAPTURE_SIZE: usize = 2 * sizeof<usize>();

/** The longest path that a host knows, in bytes. */
// @ts-ignore: decorator
@inline const MAX_PATH: usize = 255;

/** Serves the files below a folder. */
class StaticRoute extends Route {
  constructor(
    pattern: string,
    handler: Handler,
    scope: Scope,
    readonly folder: string,
    readonly maxAge: i32,
  ) {
    super(Method.GET, pattern, handler, scope);
  }
}

/** Serves the folder itself, where the app has no route there. */
class FolderRoute extends StaticRoute {
  collide(methods: i32): void {
    let other = this.next;
    while (other) {
      if (other.methods & methods) other.collide(methods);
      other = other.next;
    }
  }
}

/** Registers routes for the files below `folder`, at the paths below `prefix`. */
export function mount(prefix: string, folder: string, maxAge: i32, scope: Scope): void {
  const base = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  router.put(new StaticRoute(base + "/<path:path>", serveFile, scope, folder, maxAge));
  putBehind(new FolderRoute(base + "/", serveFolder, scope, folder, maxAge));
  if (base.length) putBehind(new FolderRoute(base, redirectToFolder, scope, folder, maxAge));
}

/** Registers a route, unless there is one of its pattern; one that comes later takes its place. */
function putBehind(route: FolderRoute): void {
  let other = router.first;
  while (other) {
    if (other.methods & Method.GET && other.pattern == route.pattern) return;
    other = other.following;
  }
  router.put(route);
}

function serveFile(request: Request): Response {
  const route = changetype<StaticRoute>(current.route);
  const capture = captures + <usize>(route.params - 1) * CAPTURE_SIZE;
  const from = load<usize>(capture);
  const length = load<usize>(capture, sizeof<usize>());
  if (length > MAX_PATH) return failure(404);
  const path = pathOf(route);
  const to = path.reserve(<i32>length);
  const written = filePath(from - 1, from + length, to);
  if (written < 0) return failure(-written);
  path.end = to + written;
  return serve(route, path, request);
}

function serveFolder(request: Request): Response {
  const route = changetype<StaticRoute>(current.route);
  return serve(route, pathOf(route), request);
}

/** Begins the path of a file with that of a route's folder, "/" behind it. */
function pathOf(route: StaticRoute): Output {
  const path = newPath();
  path.text(route.folder);
  if (!path.length || load<u8>(path.end - 1) != SLASH) path.byte(SLASH);
  return path;
}

/** Answers with the file at a path, or the index of the folder that it ends with. */
function serve(route: StaticRoute, path: Output, request: Request): Response {
  const isFolder = load<u8>(path.end - 1) == SLASH;
  if (isFolder) path.ascii(ascii("index.html"));
  const file = openRequested(path);
  if (file == FileError.DIRECTORY && !isFolder) return redirectToFolder(request);
  return openedFile(file, path, route.maxAge, 200);
}

/** Sends the client to the path with a "/" behind it, from where the links of the folder's page lead on. */
function redirectToFolder(request: Request): Response {
  const response = Response.empty(301);
  const fields = response.fields;
  fields.ascii(ascii("Location: "));
  fields.bytes(current.base + head.path, head.pathLength);
  fields.byte(SLASH);
  if (head.queryLength) {
    fields.byte(0x3f);
    fields.bytes(current.base + head.query, head.queryLength);
  }
  fields.ascii(ascii("\r\n"));
  return response;
}
