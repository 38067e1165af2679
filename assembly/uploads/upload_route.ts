import { Handler, Scope } from "../routing/route";
import { Connection } from "../server/connection";
import { Incoming } from "./incoming";
import { StreamedRoute } from "./streamed_route";
import { UploadTask } from "./upload_task";

/** A route whose handler reads the content with `readBody`. */
export class UploadRoute extends StreamedRoute {
  constructor(pattern: string, handler: Handler, scope: Scope) {
    super(pattern, handler, scope);
  }

  begin(c: Connection): void {
    new UploadTask(c, new Incoming(c)).begin(c);
  }
}
