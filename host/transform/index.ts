/**
 * The transform that the AssemblyScript compiler loads by the name "microserver-transform".
 * docs/transforms.md says what it does to an app's code.
 */
import type { Parser } from "assemblyscript";
import { ascii } from "./ascii.js";
import { fuel } from "./fuel.js";
import { routes } from "./routes.js";

export default class MicroServerTransform {
  afterParse(parser: Parser): void {
    routes(parser);
    ascii(parser);
    fuel(parser);
  }
}
