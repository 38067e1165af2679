/** The contract: what the server does on the wire, the same at every level. */

import type { Group } from "./case.js";
import { chunks } from "./cases/chunked.js";
import { connection } from "./cases/connection.js";
import { content } from "./cases/content.js";
import { fields } from "./cases/fields.js";
import { limits } from "./cases/limits.js";
import { messages } from "./cases/messages.js";
import { requestLine } from "./cases/request-line.js";
import { routing } from "./cases/routing.js";

const CONFORMANCE = "examples/conformance";
const KITCHEN = "tests/apps/kitchen";

export const groups: readonly Group[] = [
  { name: "request line", app: CONFORMANCE, cases: requestLine },
  { name: "field lines", app: CONFORMANCE, cases: fields },
  { name: "content", app: CONFORMANCE, cases: content },
  { name: "chunked coding", app: CONFORMANCE, cases: chunks },
  { name: "connection", app: CONFORMANCE, cases: connection },
  { name: "limits", app: CONFORMANCE, cases: limits },
  { name: "routing", app: KITCHEN, cases: routing },
  { name: "messages", app: KITCHEN, cases: messages },
];
