/** How much time a round takes: this process's CPU time, so that other work on the computer is not in it. */

const SAMPLES = 15;

/** Runs something for a number of rounds. What it returns keeps the optimizer from leaving the work out. */
export type Runner = (rounds: number) => unknown;

/** Nanoseconds that a round takes: the best of 15 samples, each of `sampleMs` or longer. Runners that are compared take turns. */
export function nanoseconds(runners: readonly Runner[], sampleMs: number): readonly number[] {
  const rounds = runners.map((run) => enough(run, sampleMs));
  const best = runners.map(() => Infinity);
  for (let sample = 0; sample < SAMPLES; sample++)
    runners.forEach((run, n) => {
      const count = rounds[n] ?? 1;
      best[n] = Math.min(best[n] ?? Infinity, (milliseconds(run, count) * 1e6) / count);
    });
  return best;
}

/** Rounds that take at least `sampleMs`, found by doubling, which also warms up. */
function enough(run: Runner, sampleMs: number): number {
  let rounds = 1;
  while (milliseconds(run, rounds) < sampleMs) rounds *= 2;
  return rounds;
}

function milliseconds(run: Runner, rounds: number): number {
  const start = process.cpuUsage();
  run(rounds);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
