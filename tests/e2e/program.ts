/** The program under test, and what its network can do. */

/** `build/microserver`, or the host that the environment names. */
export const PROGRAM = process.env.MICROSERVER_HOST ?? new URL("../../../build/microserver", import.meta.url).pathname;

interface Network {
  /** Connections that are served at a time. */
  readonly connections: number;
  /** Its sockets are descriptors of the process, and addresses and ports are those of this machine. */
  readonly kernel: boolean;
}

const networks = {
  kernel: { connections: 128, kernel: true },
  /** Ten sockets: one listens, one is for who is refused or lingers. */
  lwip: { connections: 8, kernel: false },
} satisfies Record<string, Network>;

/** The limits of the network that the program runs on. */
export const network: Network = PROGRAM.endsWith("-lwip") ? networks.lwip : networks.kernel;

/** For `it("…", ofKernel, …)`: what only the kernel's network has. tests/lwip has lwIP's own cases. */
export const ofKernel = network.kernel ? {} : { skip: "about the kernel's sockets" };

/** The address that a server at `host` sees its clients have: the kernel's side of a tap device is one before lwIP's. */
export function clientOf(host: string): string {
  return host.startsWith("127.") ? host : host.replace(/\d+$/, (last) => String(Number(last) - 1));
}
