import { Method } from "../http/method";
import { Handler, Route, Scope } from "../routing/route";
import { Connection } from "../server/connection";
import { hooks } from "../server/hooks";
import { admit } from "./admit";

/** A route whose requests' content is taken in pieces: POST and PUT. */
export abstract class StreamedRoute extends Route {
  constructor(pattern: string, handler: Handler, scope: Scope) {
    super(Method.POST | Method.PUT, pattern, handler, scope);
    hooks.admit = admit;
  }

  /** Has the current request answered, whose content begins at `input.next`. */
  abstract begin(c: Connection): void;
}
