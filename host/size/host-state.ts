/** The RAM that the C host takes by itself, measured in the objects of its build with 32 bits. */

import { readdirSync, writeFileSync } from "node:fs";
import { compileCommands, type CMakeProject } from "../build/cmake.js";
import { projectPath } from "../build/project.js";
import { mustRun } from "../setup/run.mjs";
import { Failure } from "../setup/failure.mjs";
import { sectionSizes } from "./sections.js";

export interface HostState {
  /** Variables of `firmware/core`. */
  readonly core: number;
  /** `struct server`, with room for `CONNECTIONS_MAX` connections. */
  readonly server: number;
  /** Of that, for each connection. */
  readonly perConnection: number;
  /** Variables of WAMR. */
  readonly wamr: number;
}

const ONE = ["-UCONNECTIONS_MAX", "-DCONNECTIONS_MAX=1"];
const TWO = ["-UCONNECTIONS_MAX", "-DCONNECTIONS_MAX=2"];

/** @param host one of the hosts with tables of the chip's size, built */
export async function measureHostState(host: CMakeProject): Promise<HostState> {
  const objects = `${host.folder}/CMakeFiles/microserver.dir/firmware/core`;
  const core = readdirSync(objects).filter((file) => file.endsWith(".o"));
  const [server, one, two] = [
    await sizeOfServer(host, []),
    await sizeOfServer(host, ONE),
    await sizeOfServer(host, TWO),
  ];
  return {
    core: await variablesOf(core.map((file) => `${objects}/${file}`)),
    server,
    perConnection: two - one,
    wamr: await variablesOf([`${host.folder}/libwamr.a`]),
  };
}

/** Bytes of initialized and of zeroed variables. */
async function variablesOf(objects: readonly string[]): Promise<number> {
  const { data, bss } = await sectionSizes("size", objects);
  return data + bss;
}

/** Compiles a variable of that size as `server.c` is compiled. */
async function sizeOfServer(host: CMakeProject, flags: readonly string[]): Promise<number> {
  const own = compileCommands(host).find(({ file }) => file === projectPath("firmware/core/server.c"));
  if (!own) throw new Failure("CMake does not say how firmware/core/server.c is compiled");
  const source = `${host.folder}/struct_server.c`;
  const object = `${host.folder}/struct_server.o`;
  writeFileSync(source, '#include "server.h"\nextern struct server server;\nstruct server server;\n');
  const command = `${own.command.replace(/ -o .*$/, "")} ${flags.join(" ")} -o ${object} -c ${source}`;
  await mustRun("sh", ["-c", command], "struct server does not compile: see above", { cwd: host.folder });
  return variablesOf([object]);
}
