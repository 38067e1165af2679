/** Virtual time: it stands still until a test moves it. */
export class Clock {
  /** Milliseconds since the start. */
  elapsed = 0;

  /**
   * @param origin the monotonic time at the start, in ms (wraps at 2³²)
   * @param start the wall clock at the start
   */
  constructor(
    private readonly origin: number,
    private readonly start: Date,
  ) {}

  /** Monotonic time in ms, wrapping at 2³². */
  get now(): number {
    return (this.origin + this.elapsed) % 0x1_0000_0000;
  }

  /** Wall clock in ms since 1970-01-01. */
  get unixMillis(): number {
    return this.start.getTime() + this.elapsed;
  }

  /** Milliseconds until a time given as `now` is; 0 or less where it has come. */
  until(time: number): number {
    return (time - this.now) | 0;
  }

  forward(millis: number): void {
    this.elapsed += millis;
  }
}
