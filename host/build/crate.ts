/** Finds C sources that crates carry: Cargo fetches them, nothing of them is compiled by it. */

import { dirname } from "node:path";
import { Failure } from "../setup/failure.mjs";
import { mustRun, run } from "../setup/run.mjs";
import { projectPath } from "./project.js";

interface Metadata {
  readonly packages: readonly { readonly name: string; readonly manifest_path: string }[];
}

/**
 * The folder of a crate, which is fetched where it is missing.
 *
 * @param manifest path of the `Cargo.toml` that pins it, in the project
 * @throws {Failure} where it cannot be fetched, or the manifest does not name it
 */
export async function findCrate(manifest: string, name: string): Promise<string> {
  const { packages } = JSON.parse(await metadataOf(projectPath(manifest), name)) as Metadata;
  const found = packages.find((entry) => entry.name === name);
  if (!found) throw new Failure(`${manifest} does not depend on ${name}`);
  return dirname(found.manifest_path);
}

async function metadataOf(manifest: string, name: string): Promise<string> {
  const ask = ["metadata", "--locked", "--offline", "--format-version", "1", "--manifest-path", manifest];
  const known = await run("cargo", ask);
  if (known.code === 0) return jsonOf(known.output);
  const hint = `cargo could not fetch ${name}: see above; is the crate registry within reach?`;
  await mustRun("cargo", ["fetch", "--locked", "--manifest-path", manifest], hint);
  return jsonOf(await mustRun("cargo", ask, `cargo does not tell where ${name} is: see above`));
}

/** Cargo's warnings come before or behind its one line of JSON. */
function jsonOf(output: string): string {
  return output.split("\n").find((line) => line.startsWith("{")) ?? "{}";
}
