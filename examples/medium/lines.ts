import { Stream, Writer } from "microserver";

/** A text of ten lines, one each 100 ms. */
export class Lines extends Stream {
  private count: i32 = 0;

  next(out: Writer): bool {
    this.count++;
    out.write("Line " + this.count.toString() + "\n");
    out.wait(100);
    return this.count < 10;
  }
}
