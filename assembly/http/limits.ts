/** Limits of a message, in bytes or as a count; set at boot from the app's settings. */
export namespace limits {
  /** Request line without its line end: 414 above. */
  export let requestLine: i32 = 8192;
  /** One field line without its line end: 431 above. */
  export let fieldLine: i32 = 8192;
  /** Field lines of a head: 431 above. At most MAX_FIELDS. */
  export let fields: i32 = 50;
  /** A head as a whole: 431 above. At most 65,535, as offsets are u16. */
  export let head: i32 = 16384;
  /** Content: 413 above. */
  export let body: i32 = 8192;
}
