/** Room for a while: what a call leaves behind when it is aborted goes with the next collection. */
export function takeScratch(size: i32): usize {
  // @ts-ignore: defined by the runtime
  return isDefined(__release) ? __new(size, idof<ArrayBuffer>()) : heap.alloc(size);
}

/** Gives it back. */
export function freeScratch(scratch: usize): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__release)) __release(scratch);
  else heap.free(scratch);
}
