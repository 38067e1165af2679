/** Shows the steps of a command: their names, how far they are and how long they took. */

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
/** Without a terminal a step says where it is this often. */
const LINE_MS = 5000;
const FIRST_LINE_MS = 2000;

/**
 * @callback Report
 * @param {string} text how far the step is
 * @returns {void}
 */

export class Steps {
  /**
   * @param {number} total how many steps there will be
   * @param {NodeJS.WriteStream} [stream]
   */
  constructor(total, stream = process.stderr) {
    this.total = total;
    this.stream = stream;
    this.number = 0;
    this.live = stream.isTTY === true;
    this.colour = this.live && !process.env.NO_COLOR;
  }

  /**
   * Runs one step and shows it with its result.
   *
   * @template T
   * @param {string} title
   * @param {(report: Report) => T | Promise<T>} work
   * @param {(result: T) => string} [describe] says the result in a few words; a text is shown as it is
   * @returns {Promise<T>} what `work` returns
   */
  async run(title, work, describe = (result) => (typeof result === "string" ? result : "done")) {
    const label = `[${++this.number}/${this.total}] ${title}`;
    const start = Date.now();
    const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
    let text = "";
    const timer = this.live
      ? every(FRAME_MS, 0, (n) =>
          this.draw(`${FRAMES[n % FRAMES.length]} ${label} ${this.dim(`${text} ${seconds()}`)}`),
        )
      : every(LINE_MS, FIRST_LINE_MS, () => this.line(`${label}: ${text || "working"} (${seconds()})`));
    try {
      const result = await work((report) => (text = report));
      timer.stop();
      const took = Date.now() - start < FRAME_MS ? "" : ` (${seconds()})`;
      this.line(`${this.paint(32, this.live ? "✔ " : "")}${label}: ${describe(result)}${took}`);
      return result;
    } catch (error) {
      timer.stop();
      this.line(`${this.paint(31, this.live ? "✖ " : "")}${label}: failed (${seconds()})`);
      throw error;
    }
  }

  /** @param {string} text */
  draw(text) {
    const room = (this.stream.columns || 80) - 1;
    this.stream.write(`\r\x1b[K${text.length > room && !this.colour ? text.slice(0, room) : text}`);
  }

  /** @param {string} text */
  line(text) {
    this.stream.write(`${this.live ? "\r\x1b[K" : ""}${text}\n`);
  }

  /**
   * @param {number} code
   * @param {string} text
   */
  paint(code, text) {
    return this.colour && text ? `\x1b[${code}m${text}\x1b[0m` : text;
  }

  /** @param {string} text */
  dim(text) {
    return this.paint(2, text);
  }
}

/**
 * Calls `action` after `first` ms, then each `period` ms.
 *
 * @param {number} period
 * @param {number} first
 * @param {(n: number) => void} action
 */
function every(period, first, action) {
  let n = 0;
  /** @type {NodeJS.Timeout} */
  let timer;
  const tick = () => {
    action(n++);
    timer = setTimeout(tick, period);
  };
  timer = setTimeout(tick, first);
  return { stop: () => clearTimeout(timer) };
}
