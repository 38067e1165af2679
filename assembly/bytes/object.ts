/** Makes an object, as part of its caller where the runtime can. It may be filled by words, up to a multiple of 16 bytes. */
// @ts-ignore: decorator
@inline
export function newObject(size: usize, id: u32): usize {
  // @ts-ignore: defined by the runtime
  if (isDefined(__newNow)) return __newNow(size, id);
  const object = __new((size + 16) & ~15, id);
  store<u32>(object - 4, <u32>size);
  return object;
}
