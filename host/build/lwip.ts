/** The C host on lwIP, with the limits of the chip: `build/lwip/microserver-lwip`. */

import { spawnSync } from "node:child_process";
import type { CMakeProject } from "./cmake.js";
import { projectPath, root } from "./project.js";

const FOLDER = projectPath("build/lwip");

export const LWIP_HOST: CMakeProject = {
  what: "the C host on lwIP",
  source: root,
  folder: FOLDER,
  program: `${FOLDER}/microserver-lwip`,
  args: ["-DMICROSERVER_LWIP=ON", `-DMICROSERVER_OUTPUT_DIR=${FOLDER}`],
};

/** Who is not root becomes it in a namespace of users. */
const USER = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];

/** Runs what follows in a network of its own, where it may make tap devices. */
export const OWN_NETWORK = ["unshare", ...USER, "--net"] as const;

/** What keeps this machine from it, and what to do; undefined where nothing does. */
export function missingForLwip(): string | undefined {
  const [program, ...args] = OWN_NETWORK;
  if (spawnSync(program, [...args, "test", "-w", "/dev/net/tun"]).status === 0) return undefined;
  if (spawnSync(program, [...args, "true"]).status === 0) return "/dev/net/tun is missing: modprobe tun";
  return "no network namespace can be made here (unshare --net): run it as root";
}
