/** Instructions of a round of the guest in the C host, counted by callgrind. */

import { once } from "node:events";
import { connect } from "node:net";
import { message, type Task } from "./job.js";
import { HostProcess } from "../host-process.js";
import { collected, VALGRIND } from "../instructions.js";
import { Failure } from "../../host/setup/failure.mjs";

const FEW = 10;

/**
 * Instructions in user space that one round of the task takes: of two runs, of which one has `rounds` more.
 *
 * @param module path of a `.wasm` or `.aot`
 */
export async function instructionsOfTask(module: string, task: Task, rounds: number): Promise<number> {
  const few = await total(module, task, FEW);
  const many = await total(module, task, FEW + rounds);
  return (many - few) / rounds;
}

async function total(module: string, task: Task, rounds: number): Promise<number> {
  const host = await HostProcess.start(module, VALGRIND);
  let log: string;
  try {
    const socket = connect(host.port, "127.0.0.1");
    socket.on("error", (error) => {
      throw new Failure(`the bench cannot connect: ${error.message}`);
    });
    socket.write(message(task, rounds));
    await once(socket, "data");
    socket.end();
    await once(socket, "close");
  } finally {
    log = await host.stop();
  }
  return collected(log);
}
