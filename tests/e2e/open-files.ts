/** Files that a host has open. */

import { readdirSync, readlinkSync } from "node:fs";
import type { Host } from "./bare-host.js";
import { until } from "./until.js";

/** Those below a folder, as paths in it. */
export function openFiles(host: Host, root: string): string[] {
  const folder = `/proc/${host.pid}/fd`;
  const open = readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(`${folder}/${fd}`)];
    } catch {
      return [];
    }
  });
  return open.filter((path) => path.startsWith(`${root}/`)).map((path) => path.slice(root.length + 1));
}

/** Waits until none is open: the host closes a file once its last byte is sent, and that may have come before. */
export async function allClosed(host: Host, root: string): Promise<void> {
  await until(
    () => `${openFiles(host, root).join()} to be closed`,
    () => openFiles(host, root).length === 0,
  );
}
