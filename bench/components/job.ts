/** What bench/apps/components can run. */

export const Job = { PARSE: 0, ROUTE: 1, UNMASK: 2, UNMASK_BYTES: 3, UTF8: 4, UTF8_BYTES: 5 } as const;

/** One part of the server, and what it is given. */
export interface Task {
  readonly job: number;
  readonly input: Uint8Array;
}

/** Bytes of a job as the guest receives it. */
export function message({ job, input }: Task, rounds: number): Buffer {
  const head = Buffer.alloc(12);
  [job, rounds, input.length].forEach((value, n) => head.writeInt32LE(value, n * 4));
  return Buffer.concat([head, input]);
}
