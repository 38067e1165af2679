/** A server as a process of its own. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../host/setup/failure.mjs";

/** How a server is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How long it may take until it listens, in ms; an interpreter under valgrind takes its time. */
const PATIENCE_MS = 180_000;
const POLL_MS = 10;
/** Of /proc/PID/stat; Linux has had no other for decades. */
const TICKS_PER_SECOND = 100;

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class ServerProcess {
  private output = "";

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    running.add(child);
    child.on("close", () => running.delete(child));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param wrapper a program and its arguments that runs the server, nothing to run it directly
   * @throws {Failure} where it ends before that, with its output as details
   */
  static async start(command: (port: number) => Command, wrapper: readonly string[] = []): Promise<ServerProcess> {
    const port = await freePort();
    const { program, args, env } = command(port);
    const [first = program, ...rest] = [...wrapper, program, ...args];
    const child = spawn(first, rest, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
    const failed = once(child, "error").then(([error]: Error[]) => {
      throw new Failure(`${first} cannot be started: ${error?.message}`);
    });
    const server = new ServerProcess(child, port);
    await Promise.race([server.listens(program), failed]);
    failed.catch(() => undefined);
    return server;
  }

  private async listens(program: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(POLL_MS)) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      if (await accepts(this.port)) return;
    }
    await this.stop();
    throw new Failure(`${program} did not start: see above`, { details: this.output });
  }

  /** Seconds that the processor spent on it, in user and kernel mode. */
  get cpuSeconds(): number {
    const [, text = ""] = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ");
    const fields = text.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory that it had at a time (VmHWM), in bytes. */
  get peakMemory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]);
  }

  /** Ends it. Returns what it wrote to stderr. */
  async stop(): Promise<string> {
    if (running.has(this.child)) {
      this.child.kill("SIGTERM");
      await once(this.child, "close");
    }
    return this.output;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  try {
    await once(socket, "connect");
    socket.end();
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
