/** A buffer of `size` bytes that are not cleared. */
// @ts-ignore: decorator
@inline
export function newBuffer(size: i32): ArrayBuffer {
  return changetype<ArrayBuffer>(__new(size, idof<ArrayBuffer>()));
}
