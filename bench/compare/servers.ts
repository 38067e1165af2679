/** The servers that are compared. */

import { Failure } from "../../host/setup/failure.mjs";
import { ours } from "./ours.js";
import { peers } from "./peers.js";
import type { Server } from "./server.js";

export const servers: readonly Server[] = [...ours, ...peers];

/**
 * The servers of these names, all where `names` is undefined.
 *
 * @param names separated by commas
 * @throws {Failure} for an unknown name
 */
export function serversOf(names: string | undefined): readonly Server[] {
  if (names === undefined) return servers;
  return names.split(",").map((name) => {
    const found = servers.find((one) => one.name === name);
    if (found !== undefined) return found;
    const known = servers.map((one) => one.name).join(", ");
    throw new Failure(`no such server: ${name}; there are ${known}`, { exitCode: 2 });
  });
}
