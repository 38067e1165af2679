/** Limits of what a peer may send, in bytes of payload; set at boot from the app's settings. */
export namespace websocketLimits {
  /** One data frame: 1009 above. */
  export let frame: i32 = 65536;
  /** One message, all its frames together: 1009 above. */
  export let message: i32 = 65536;
}
