import { Output } from "../bytes/output";
import { releaseBuffer } from "../server/memory";
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

/** Gives back what it took of the heap. */
export function dropFrame(): void {
  const owner = payload.owner;
  if (!owner) return;
  payload.reset();
  releaseBuffer(owner);
}

/** The frame that was ended: its address and length. It stands until it is dropped, or the next one begins. */
export namespace finished {
  export let start: usize = 0;
  export let length: i32 = 0;
}

/** Whether a frame of so many bytes takes nothing of the heap. */
export function fitsFrame(length: i32): bool {
  return length <= SIZE - MAX_HEADER;
}

/** Ends a frame of which only the header stands here; `length` bytes of payload follow elsewhere. */
export function endHeader(opcode: Opcode, length: i32): void {
  const behind = payload.end;
  finished.length = writeHeader(behind, length, opcode);
  finished.start = behind - finished.length;
}

/** Ends a frame. */
export function endFrame(opcode: Opcode): void {
  const from = payload.start + MAX_HEADER;
  const size = writeHeader(from, <u32>(payload.end - from), opcode);
  finished.start = from - size;
  finished.length = <i32>(payload.end - from) + size;
}
