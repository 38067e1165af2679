import { Scope } from "../routing/route";
import { newScope } from "../middleware/chain";
import { Routes } from "./routes";

/** Routes below a path, or with middleware, of their own. */
export class Group extends Routes {
  constructor(
    /** What their paths begin with. */
    readonly prefix: string,
    parent: Scope,
  ) {
    super(newScope(parent));
  }

  protected path(pattern: string): string {
    return this.prefix.length && pattern == "/" ? this.prefix : this.prefix + pattern;
  }
}
