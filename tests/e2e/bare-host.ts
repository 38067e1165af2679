/** The C host as a process of its own, and clients on bare sockets. */

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after } from "node:test";
import { PROGRAM } from "./program.js";
import { until } from "./until.js";

/** How long a program that is refused may run, in ms. */
const PATIENCE = 30_000;

const hosts = new Set<Host>();
const sockets = new Set<Socket>();
after(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all([...hosts].map((host) => host.kill()));
  for (const host of hosts) host.checkEnd();
});

process.once("exit", () => hosts.forEach((host) => host.signal("SIGKILL")));

/** Runs the host to its end, for what it refuses. */
export function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(PROGRAM, args, { encoding: "utf8", timeout: PATIENCE });
}

export class Host {
  stdout = "";
  log = "";
  private isClosed = false;
  private isSignalled = false;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    child.once("close", () => (this.isClosed = true));
    hosts.add(this);
  }

  /** Starts the host on a free port. `shell` is run before, in the same process. */
  static async start(module: string, args: readonly string[] = [], shell = ""): Promise<Host> {
    const child = spawn("sh", ["-c", `${shell}\nexec "$0" "$@"`, PROGRAM, module, "--port", "0", ...args]);
    const host = new Host(child);
    await until("the host listens", () => {
      if (child.exitCode !== null) throw new Error(`the host ended: ${host.log}`);
      return host.stdout.includes("\n") ? true : undefined;
    });
    return host;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The address that it listens on. */
  get host(): string {
    return new URL(this.url).hostname;
  }

  private get url(): string {
    return /listening on (\S+)\n/.exec(this.stdout)?.[1] ?? "";
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async connect(): Promise<Client> {
    const socket = connect({ port: this.port, host: this.host, allowHalfOpen: true, noDelay: true });
    sockets.add(socket);
    await once(socket, "connect");
    return new Client(socket);
  }

  logged(pattern: RegExp): Promise<RegExpExecArray> {
    return until(
      () => `log line ${pattern}, in:\n${this.log}`,
      () => pattern.exec(this.log) ?? undefined,
    );
  }

  signal(name: NodeJS.Signals): void {
    this.isSignalled = true;
    this.child.kill(name);
  }

  /** Waits for the end, when the log is whole; the exit status. */
  status(): Promise<number> {
    return until("the host ends", () => (this.isClosed ? (this.child.exitCode ?? undefined) : undefined));
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.signal("SIGKILL");
    await once(this.child, "exit");
  }

  /** @throws where a signal ended the host that no test sent, such as that of a failed assertion */
  checkEnd(): void {
    const { signalCode } = this.child;
    if (signalCode !== null && !this.isSignalled) throw new Error(`the host ended by ${signalCode}:\n${this.log}`);
  }
}

export class Client {
  private received = "";
  private bytes = 0;
  private end: string | undefined;

  constructor(readonly socket: Socket) {
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.bytes += text.length;
      if (this.received.length < 100_000) this.received += text;
    });
    socket.on("end", () => (this.end ??= "fin"));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.end ??= error.code ?? error.message));
  }

  write(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  /** Waits for a text, and takes everything up to its end away. */
  async take(text: string): Promise<void> {
    const at = await until(
      () => `"${text}" in "${this.received}", ended: ${this.end}`,
      () => {
        const index = this.received.indexOf(text);
        return index < 0 ? undefined : index;
      },
    );
    this.received = this.received.slice(at + text.length);
  }

  /** Sends a command, and waits for the answer. */
  async ask(command: string, answer: string): Promise<void> {
    await this.write(command).take(answer);
  }

  /** Waits for the end: "fin", or the code of an error such as ECONNRESET. */
  ended(): Promise<string> {
    return until("the connection ends", () => this.end);
  }

  get count(): number {
    return this.bytes;
  }
}
