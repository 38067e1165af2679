/** Every row of the comparison with the MicroPython MicroServer. */

import { fileRows } from "./file-rows.js";
import { httpRows } from "./http-rows.js";
import type { Row } from "./row.js";
import { serverRows } from "./server-rows.js";
import { websocketRows } from "./websocket-rows.js";

export const ORIGINAL = "tests/apps/original";

export const rows: readonly Row[] = [...serverRows, ...httpRows, ...fileRows, ...websocketRows];
