// Generated from host/abi.ts by `npm run abi`: edit the table, not this file.

/** Version of the ABI that this guest is made for; exported as `abi_version`. */
export const ABI_VERSION: i32 = 1;

/**
 * Bits of the exported global `abi_features`: what the guest needs from its host. A bit that the host lacks is refused
 * at load.
 */
export const enum Feature {
  /** Connections, time and the log: the calls of this table. */
  HTTP = 1,
}

/** Bits of `Window.flags`, written by the guest. */
export const enum Flag {
  /** `Window.deadline` holds; without it the guest waits for no time. */
  DEADLINE = 1,
  /** The guest asks for a `collect` call once this call has returned. */
  COLLECT = 2,
}

/** How `close` ends a connection. */
export const enum Close {
  /**
   * Sent bytes arrive, then FIN; what the peer still sends is drained within bounds, so that it sees the answer and no
   * reset.
   */
  FLUSH = 0,
  /** At once. */
  RESET = 1,
}

/** Levels of `log`, most severe first. */
export const enum Level {
  /** A request or a handler failed. */
  ERROR = 0,
  /** It works, but somebody should look. */
  WARN = 1,
  /** What a person watching wants to see. */
  INFO = 2,
  /** What a developer wants to see. */
  DEBUG = 3,
}

/** What `device_get` and `device_set` name, with `index`: the number of a pin where it says so, else 0. */
export const enum Device {
  /** Set: one of `PinMode`. */
  PIN_MODE = 0,
  /** Level of a pin, 0 or 1. Get: what is read from an input, what was set of an output; set: outputs only. */
  PIN = 1,
  /**
   * Set: pulses on a pin at that many Hz, with duty 0 until that is set; PIN_MODE ends them. Get: the same, 0 where
   * there are none.
   */
  PWM_FREQUENCY = 2,
  /** Set: the share of the pulses' time in which a pin is high, 0 to 65535. */
  PWM_DUTY = 3,
  /** Get: voltage at a pin in mV. */
  ADC = 4,
  /** Get: temperature of the chip in m°C. */
  TEMPERATURE = 5,
  /** Get: time since the last reset in s. */
  UPTIME = 6,
  /** Get: free memory of the machine in bytes, the guest's own left out. */
  FREE_HEAP = 7,
  /** Get: the largest block of that in bytes. */
  LARGEST_BLOCK = 8,
  /** Get: one of `ResetReason`. */
  RESET_REASON = 9,
  /** Get: 31 random bits from the machine's source of entropy, fit for secrets. */
  RANDOM = 10,
  /** Get: monotonic time in µs, its lowest 31 bits; to tell how long something took. */
  CLOCK = 11,
  /** Get: bytes that the storage has room for, its own bookkeeping included. */
  STORAGE_FREE = 12,
  /** Set: which changes of a pin's level are told, one of `Edge`; PIN_MODE and a new instance end it. */
  PIN_EDGES = 13,
  /**
   * Get: takes the oldest change of a pin that is told: the level in bit 0, the pin in bits 1 to 7, and from bit 8 on
   * how many changes of that pin were lost before it, since they came too fast; -1 where there is none.
   */
  PIN_CHANGE = 14,
}

/** Results of `device_get` and `device_set` that are no values: INVALID and all below it. */
export const enum DeviceError {
  /** The board has no such pin or sensor, or the host does not know the item. */
  UNSUPPORTED = -2147483647,
  /** The host's configuration keeps it from apps. */
  DENIED = -2147483646,
  /** The value is out of range, or the pin is in another mode. */
  INVALID = -2147483645,
}

/** What a pin is. */
export const enum PinMode {
  /** Floating; what every pin is after a reset. */
  INPUT = 0,
  /** An input that is high where nothing is connected. */
  PULL_UP = 1,
  /** An input that is low where nothing is connected. */
  PULL_DOWN = 2,
  /** Driven high and low. */
  OUTPUT = 3,
  /** An output that is driven low only. */
  OPEN_DRAIN = 4,
}

/** Changes of a pin's level. */
export const enum Edge {
  /** None. */
  NONE = 0,
  /** From low to high. */
  RISING = 1,
  /** From high to low. */
  FALLING = 2,
  /** Each change. */
  BOTH = 3,
}

/** Why the machine started. */
export const enum ResetReason {
  /** The machine does not tell. */
  UNKNOWN = 0,
  /** It was switched on, or the host was started. */
  POWER_ON = 1,
  /** `device_restart`. */
  RESTART = 2,
  /** The host failed. */
  CRASH = 3,
  /** Something took too long. */
  WATCHDOG = 4,
  /** The supply voltage fell too low. */
  BROWNOUT = 5,
  /** It woke up. */
  DEEP_SLEEP = 6,
  /** The reset pin. */
  EXTERNAL = 7,
}

/** Results of the storage calls that failed. */
export const enum StorageError {
  /** None: the call has succeeded. */
  NONE = 0,
  /** Nothing is kept under that key. */
  ABSENT = -1,
  /** The key is malformed, or the value too long. */
  INVALID = -2,
  /** No room is left for it; what was kept before still is. */
  FULL = -3,
  /** The storage failed. */
  FAILED = -4,
  /** The host's configuration keeps storage from apps. */
  DENIED = -5,
  /** The machine has no storage. */
  UNSUPPORTED = -6,
}

/** What `file_open` opens a file for. */
export const enum FileMode {
  /** To read, or to send. */
  READ = 0,
  /** As READ, of the file with `.gz` behind its path where there is one: `FileInfo` is of that then, and tells. */
  READ_ENCODED = 1,
  /** To write from the start: emptied, or made. */
  WRITE = 2,
  /** To write at the end: made where it is absent. */
  APPEND = 3,
}

/** Results of the file calls that failed. */
export const enum FileError {
  /** No such file, or no folder to make it in; or the host has no files at all. */
  ABSENT = -1,
  /** The path is malformed, passes a link, or names what is no file; or rights are lacking. */
  FORBIDDEN = -2,
  /** The path names a folder. */
  DIRECTORY = -3,
  /** No room is left for it. */
  FULL = -4,
  /** Too many files are open; or a file is being sent on the connection. */
  BUSY = -5,
  /** The storage failed, or the file is larger than 4 GiB − 1; or the call names no open file, or no mode. */
  FAILED = -6,
}

/** Sizes both sides rely on. */
export const enum Limit {
  /** Result of a call on a connection that the peer has ended. */
  GONE = -1,
  /** Bytes behind the receive window that belong to it and that the host never writes. */
  RECEIVE_PAD = 16,
  /** Connections a host may offer at most. */
  CONNECTIONS = 128,
  /** Bytes that a key of the storage may have, at least 1: letters, digits and signs of ASCII, no space. */
  STORAGE_KEY = 15,
  /** Bytes that a value of the storage may have. */
  STORAGE_VALUE = 4000,
}

/** What host and guest tell each other beside the calls; its address is the exported global `window`. */
@unmanaged
export class Window {
  /** Monotonic time in ms, wrapping; written before every call. Written by the host. */
  now: u32 = 0;
  /** Wall clock in s since 1970-01-01, 0 where unknown; written before every call. Written by the host. */
  unixTime: u32 = 0;
  /**
   * Loop rounds and calls that app code may spend on one event; written once, before `_initialize`. Written by the
   * host.
   */
  fuel: u32 = 0;
  /** Time in ms (as `now`) at which `on_timer` is due; may be early, never late. Written by the guest. */
  deadline: u32 = 0;
  /** Bits of `Flag`; the host clears COLLECT when it has collected. Written by the guest. */
  flags: u32 = 0;
  /** Address of the receive window. Written by the guest. */
  receive: u32 = 0;
  /** Its size in bytes, without RECEIVE_PAD. Written by the guest. */
  receiveSize: u32 = 0;
  /** TCP port that the app asks for, valid after `_initialize`. Written by the guest. */
  port: u32 = 0;
  /** Connections that the app asks for, valid after `_initialize`. Written by the guest. */
  maxConns: u32 = 0;
  /**
   * For the log of a trap: address of the name (an AssemblyScript string) of the app's source that was entered last;
   * the host writes 0 before every call. Written by the guest.
   */
  file: u32 = 0;
  /** The line there, of the function or loop; holds where `file` is not 0. Written by the guest. */
  line: u32 = 0;
}

/** What `file_open` tells of a file. */
@unmanaged
export class FileInfo {
  /** In bytes. Written by the host. */
  size: u32 = 0;
  /** When it was written last, in s since 1970-01-01. Written by the host. */
  modified: u32 = 0;
  /** 1 where READ_ENCODED has found a `.gz`, else 0. Written by the host. */
  encoded: u32 = 0;
}

/**
 * Sends on a connection. Where less than the whole was accepted the rest stays the guest's, and `on_writable` follows
 * once there is room.
 * @param conn number of the connection
 * @param bytes what to send; the host copies nothing and keeps no reference
 * @returns bytes accepted, 0 to the length; or GONE
 */
// @ts-ignore: decorator
@external("microserver", "send")
export declare function send(conn: i32, bytes: usize, bytesLength: i32): i32;

/**
 * Ends a connection. Its number is free when the current call returns; no further event names it before the next
 * `on_open`.
 * @param conn number of the connection
 * @param how one of `Close`
 */
// @ts-ignore: decorator
@external("microserver", "close")
export declare function close(conn: i32, how: i32): void;

/**
 * Stops or resumes reading from a connection (backpressure). A new connection is read from.
 * @param conn number of the connection
 * @param on 0 stops reading, 1 goes on
 */
// @ts-ignore: decorator
@external("microserver", "read")
export declare function read(conn: i32, on: i32): void;

/**
 * Writes the peer's IP address as text.
 * @param conn number of the connection
 * @param text where the address goes
 * @returns length of the address text in bytes, cut at the size of the buffer
 */
// @ts-ignore: decorator
@external("microserver", "peer")
export declare function peer(conn: i32, text: usize, textLength: i32): i32;

/**
 * Writes a line to the log.
 * @param level one of `Level`
 * @param text one line of UTF-8 without a line end
 */
// @ts-ignore: decorator
@external("microserver", "log")
export declare function log(level: i32, text: usize, textLength: i32): void;

/**
 * Reads from the board.
 * @param item one of `Device`
 * @param index number of a pin, or 0
 * @returns the value, or one of `DeviceError`
 */
// @ts-ignore: decorator
@external("microserver", "device_get")
export declare function device_get(item: i32, index: i32): i32;

/**
 * Sets something on the board.
 * @param item one of `Device`
 * @param index number of a pin, or 0
 * @param value what the item is set to
 * @returns 0, or one of `DeviceError`
 */
// @ts-ignore: decorator
@external("microserver", "device_set")
export declare function device_set(item: i32, index: i32, value: i32): i32;

/**
 * Writes the name of the chip or board, as ESP32-C3.
 * @param text where the name goes
 * @returns length of the name in bytes, cut at the size of the buffer
 */
// @ts-ignore: decorator
@external("microserver", "device_name")
export declare function device_name(text: usize, textLength: i32): i32;

/**
 * Restarts the machine. The call returns; `stop` follows when the current event is over, and the restart once no
 * connection is left, or after 2 s. Ignored before `boot` has returned.
 */
// @ts-ignore: decorator
@external("microserver", "device_restart")
export declare function device_restart(): void;

/**
 * Reads what the app keeps under a key, across restarts and power cuts.
 * @param key 1 to STORAGE_KEY bytes
 * @param value where the value goes; nothing is written where it does not fit
 * @returns length of the value in bytes, whether it fits or not; or one of `StorageError`
 */
// @ts-ignore: decorator
@external("microserver", "storage_get")
export declare function storage_get(key: usize, keyLength: i32, value: usize, valueLength: i32): i32;

/**
 * Keeps a value under a key, instead of the one that is there. When it returns the value is safe; a power cut before
 * leaves the old one.
 * @param key 1 to STORAGE_KEY bytes
 * @param value at most STORAGE_VALUE bytes
 * @returns 0, or one of `StorageError`
 */
// @ts-ignore: decorator
@external("microserver", "storage_set")
export declare function storage_set(key: usize, keyLength: i32, value: usize, valueLength: i32): i32;

/**
 * Forgets a key and its value.
 * @param key 1 to STORAGE_KEY bytes
 * @returns 0, also where nothing is kept under that key; or one of `StorageError`
 */
// @ts-ignore: decorator
@external("microserver", "storage_remove")
export declare function storage_remove(key: usize, keyLength: i32): i32;

/**
 * Opens a file. No handle is given out twice in the life of an instance, or nearly so: one that is closed names no
 * other file.
 * @param path UTF-8, from the root on, with or without a `/` in front
 * @param mode one of `FileMode`
 * @param info where a `FileInfo` goes; nothing is written where it does not fit
 * @returns a handle, 0 or more; or one of `FileError`
 */
// @ts-ignore: decorator
@external("microserver", "file_open")
export declare function file_open(path: usize, pathLength: i32, mode: i32, info: usize, infoLength: i32): i32;

/**
 * Closes a file. A handle that is not open is ignored.
 * @param file handle of the file
 */
// @ts-ignore: decorator
@external("microserver", "file_close")
export declare function file_close(file: i32): void;

/**
 * Reads from a file.
 * @param file handle of the file
 * @param offset where to begin in bytes, as u32
 * @param to where the bytes go
 * @returns bytes read, 0 at the end of the file; or one of `FileError`
 */
// @ts-ignore: decorator
@external("microserver", "file_read")
export declare function file_read(file: i32, offset: i32, to: usize, toLength: i32): i32;

/**
 * Writes to a file, behind what was written before.
 * @param file handle of the file
 * @param bytes what to write
 * @returns their length; or one of `FileError`, and then a part may have been written
 */
// @ts-ignore: decorator
@external("microserver", "file_write")
export declare function file_write(file: i32, bytes: usize, bytesLength: i32): i32;

/**
 * Moves a file.
 * @param from path of the file
 * @param to its new path; a file that is there is replaced
 * @returns 0, or one of `FileError`
 */
// @ts-ignore: decorator
@external("microserver", "file_rename")
export declare function file_rename(from: usize, fromLength: i32, to: usize, toLength: i32): i32;

/**
 * Removes a file. Who has it open goes on with it.
 * @param path path of the file
 * @returns 0, or one of `FileError`
 */
// @ts-ignore: decorator
@external("microserver", "file_remove")
export declare function file_remove(path: usize, pathLength: i32): i32;

/**
 * Sends from a file on a connection, behind all that `send` accepted. Until all is sent `send` accepts nothing there. A
 * file that turns out shorter, and `close` before the end, reset the connection: no peer takes a part for the whole.
 * @param conn number of the connection
 * @param file handle of a file opened to read; closed in any case, and the host's until all is sent
 * @param offset where to begin in bytes, as u32
 * @param length how many bytes to send, as u32
 * @returns 1 where all is sent already, 0 where `on_writable` will tell that it is; GONE; BUSY while another file is
 * sent on the connection, or FAILED
 */
// @ts-ignore: decorator
@external("microserver", "send_file")
export declare function send_file(conn: i32, file: i32, offset: i32, length: i32): i32;

/**
 * Tells how far a file is on its way: where that does not change, the peer takes nothing.
 * @param conn number of the connection
 * @returns bytes that `send_file` has still to send on the connection, as u32; 0 where it is done
 */
// @ts-ignore: decorator
@external("microserver", "file_unsent")
export declare function file_unsent(conn: i32): i32;
