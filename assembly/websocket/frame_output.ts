import { Output } from "../bytes/output";
import { Opcode } from "./opcode";
import { MAX_HEADER, writeHeader } from "./write";

// @ts-ignore: decorator
@inline const SIZE: i32 = 512;

/** The payload that is being put together, behind room for a frame's header. */
// @ts-ignore: decorator
@lazy const payload: Output = new Output(memory.data(SIZE), SIZE);

/** Begins a frame: append its payload. */
export function beginFrame(): Output {
  payload.reset();
  payload.end += MAX_HEADER;
  return payload;
}

/** Ends it: address and length of the frame. It stands until the next one begins. */
export namespace finished {
  export let start: usize = 0;
  export let length: i32 = 0;
}

export function endFrame(opcode: Opcode): void {
  const from = payload.start + MAX_HEADER;
  const size = writeHeader(from, <u32>(payload.end - from), opcode);
  finished.start = from - size;
  finished.length = <i32>(payload.end - from) + size;
}
