/**
 * The ABI between the host and the guest: every import, export, struct, constant and limit, once.
 * `npm run abi` generates `assembly/abi/index.ts`, `firmware/core/abi.h` and `docs/abi.md` from it.
 *
 * Everything is i32. A pointer with its length is one buffer, bounds-checked by the host before it is read.
 */

export const ABI_VERSION = 1;

export interface Constant {
  readonly name: string;
  readonly value: number;
  readonly doc: string;
}

export interface ConstantGroup {
  readonly name: string;
  readonly doc: string;
  readonly constants: readonly Constant[];
}

export interface Param {
  readonly name: string;
  /** `buffer` is a guest address followed by a length in bytes; `out` the same, written by the host. */
  readonly type: "i32" | "buffer" | "out";
  readonly doc: string;
}

export interface Call {
  readonly name: string;
  readonly params: readonly Param[];
  /** What an i32 result means; absent where nothing is returned. */
  readonly returns?: string;
  /** When it is called, and what holds afterwards. */
  readonly doc: string;
}

export interface Field {
  readonly name: string;
  /** Who writes it. */
  readonly by: "host" | "guest";
  readonly doc: string;
}

/** The wasm module name of the imports. */
export const IMPORT_MODULE = "microserver";

export const groups: readonly ConstantGroup[] = [
  {
    name: "Feature",
    doc: "Bits of the exported global `abi_features`: what the guest needs from its host. A bit that the host lacks is refused at load.",
    constants: [{ name: "HTTP", value: 1, doc: "connections, time and the log: the calls of this table" }],
  },
  {
    name: "Flag",
    doc: "Bits of `Window.flags`, written by the guest.",
    constants: [
      { name: "DEADLINE", value: 1, doc: "`Window.deadline` holds; without it the guest waits for no time" },
      { name: "COLLECT", value: 2, doc: "the guest asks for a `collect` call once this call has returned" },
    ],
  },
  {
    name: "Close",
    doc: "How `close` ends a connection.",
    constants: [
      {
        name: "FLUSH",
        value: 0,
        doc: "sent bytes arrive, then FIN; what the peer still sends is drained within bounds, so that it sees the answer and no reset",
      },
      { name: "RESET", value: 1, doc: "at once" },
    ],
  },
  {
    name: "Level",
    doc: "Levels of `log`, most severe first.",
    constants: [
      { name: "ERROR", value: 0, doc: "a request or a handler failed" },
      { name: "WARN", value: 1, doc: "it works, but somebody should look" },
      { name: "INFO", value: 2, doc: "what a person watching wants to see" },
      { name: "DEBUG", value: 3, doc: "what a developer wants to see" },
    ],
  },
  {
    name: "Device",
    doc: "What `device_get` and `device_set` name, with `index`: the number of a pin where it says so, else 0.",
    constants: [
      { name: "PIN_MODE", value: 0, doc: "set: one of `PinMode`" },
      {
        name: "PIN",
        value: 1,
        doc: "level of a pin, 0 or 1. Get: what is read from an input, what was set of an output; set: outputs only",
      },
      {
        name: "PWM_FREQUENCY",
        value: 2,
        doc: "set: pulses on a pin at that many Hz, with duty 0 until that is set; PIN_MODE ends them. Get: the same, 0 where there are none",
      },
      { name: "PWM_DUTY", value: 3, doc: "set: the share of the pulses' time in which a pin is high, 0 to 65535" },
      { name: "ADC", value: 4, doc: "get: voltage at a pin in mV" },
      { name: "TEMPERATURE", value: 5, doc: "get: temperature of the chip in m°C" },
      { name: "UPTIME", value: 6, doc: "get: time since the last reset in s" },
      { name: "FREE_HEAP", value: 7, doc: "get: free memory of the machine in bytes, the guest's own left out" },
      { name: "LARGEST_BLOCK", value: 8, doc: "get: the largest block of that in bytes" },
      { name: "RESET_REASON", value: 9, doc: "get: one of `ResetReason`" },
      { name: "RANDOM", value: 10, doc: "get: 31 random bits from the machine's source of entropy, fit for secrets" },
      {
        name: "CLOCK",
        value: 11,
        doc: "get: monotonic time in µs, its lowest 31 bits; to tell how long something took",
      },
      {
        name: "STORAGE_FREE",
        value: 12,
        doc: "get: bytes that the storage has room for, its own bookkeeping included",
      },
      {
        name: "PIN_EDGES",
        value: 13,
        doc: "set: which changes of a pin's level are told, one of `Edge`; PIN_MODE and a new instance end it",
      },
      {
        name: "PIN_CHANGE",
        value: 14,
        doc: "get: takes the oldest change of a pin that is told: the level in bit 0, the pin in bits 1 to 7, and from bit 8 on how many changes of that pin were lost before it, since they came too fast; -1 where there is none",
      },
    ],
  },
  {
    name: "DeviceError",
    doc: "Results of `device_get` and `device_set` that are no values: INVALID and all below it.",
    constants: [
      {
        name: "UNSUPPORTED",
        value: -2147483647,
        doc: "the board has no such pin or sensor, or the host does not know the item",
      },
      { name: "DENIED", value: -2147483646, doc: "the host's configuration keeps it from apps" },
      { name: "INVALID", value: -2147483645, doc: "the value is out of range, or the pin is in another mode" },
    ],
  },
  {
    name: "PinMode",
    doc: "What a pin is.",
    constants: [
      { name: "INPUT", value: 0, doc: "floating; what every pin is after a reset" },
      { name: "PULL_UP", value: 1, doc: "an input that is high where nothing is connected" },
      { name: "PULL_DOWN", value: 2, doc: "an input that is low where nothing is connected" },
      { name: "OUTPUT", value: 3, doc: "driven high and low" },
      { name: "OPEN_DRAIN", value: 4, doc: "an output that is driven low only" },
    ],
  },
  {
    name: "Edge",
    doc: "Changes of a pin's level.",
    constants: [
      { name: "NONE", value: 0, doc: "none" },
      { name: "RISING", value: 1, doc: "from low to high" },
      { name: "FALLING", value: 2, doc: "from high to low" },
      { name: "BOTH", value: 3, doc: "each change" },
    ],
  },
  {
    name: "ResetReason",
    doc: "Why the machine started.",
    constants: [
      { name: "UNKNOWN", value: 0, doc: "the machine does not tell" },
      { name: "POWER_ON", value: 1, doc: "it was switched on, or the host was started" },
      { name: "RESTART", value: 2, doc: "`device_restart`" },
      { name: "CRASH", value: 3, doc: "the host failed" },
      { name: "WATCHDOG", value: 4, doc: "something took too long" },
      { name: "BROWNOUT", value: 5, doc: "the supply voltage fell too low" },
      { name: "DEEP_SLEEP", value: 6, doc: "it woke up" },
      { name: "EXTERNAL", value: 7, doc: "the reset pin" },
    ],
  },
  {
    name: "StorageError",
    doc: "Results of the storage calls that failed.",
    constants: [
      { name: "NONE", value: 0, doc: "none: the call has succeeded" },
      { name: "ABSENT", value: -1, doc: "nothing is kept under that key" },
      { name: "INVALID", value: -2, doc: "the key is malformed, or the value too long" },
      { name: "FULL", value: -3, doc: "no room is left for it; what was kept before still is" },
      { name: "FAILED", value: -4, doc: "the storage failed" },
      { name: "DENIED", value: -5, doc: "the host's configuration keeps storage from apps" },
      { name: "UNSUPPORTED", value: -6, doc: "the machine has no storage" },
    ],
  },
  {
    name: "FileMode",
    doc: "What `file_open` opens a file for.",
    constants: [
      { name: "READ", value: 0, doc: "to read, or to send" },
      {
        name: "READ_ENCODED",
        value: 1,
        doc: "as READ, of the file with `.gz` behind its path where there is one: `FileInfo` is of that then, and tells",
      },
      { name: "WRITE", value: 2, doc: "to write from the start: emptied, or made" },
      { name: "APPEND", value: 3, doc: "to write at the end: made where it is absent" },
    ],
  },
  {
    name: "FileError",
    doc: "Results of the file calls that failed.",
    constants: [
      { name: "ABSENT", value: -1, doc: "no such file, or no folder to make it in; or the host has no files at all" },
      {
        name: "FORBIDDEN",
        value: -2,
        doc: "the path is malformed, passes a link, or names what is no file; or rights are lacking",
      },
      { name: "DIRECTORY", value: -3, doc: "the path names a folder" },
      { name: "FULL", value: -4, doc: "no room is left for it" },
      { name: "BUSY", value: -5, doc: "too many files are open; or a file is being sent on the connection" },
      {
        name: "FAILED",
        value: -6,
        doc: "the storage failed, or the file is larger than 4 GiB − 1; or the call names no open file, or no mode",
      },
    ],
  },
  {
    name: "Limit",
    doc: "Sizes both sides rely on.",
    constants: [
      { name: "GONE", value: -1, doc: "result of a call on a connection that the peer has ended" },
      {
        name: "RECEIVE_PAD",
        value: 16,
        doc: "bytes behind the receive window that belong to it and that the host never writes",
      },
      { name: "CONNECTIONS", value: 128, doc: "connections a host may offer at most" },
      {
        name: "STORAGE_KEY",
        value: 15,
        doc: "bytes that a key of the storage may have, at least 1: letters, digits and signs of ASCII, no space",
      },
      { name: "STORAGE_VALUE", value: 4000, doc: "bytes that a value of the storage may have" },
    ],
  },
];

/** The struct at the exported global `window`: u32 fields, little-endian, in this order. */
export const window: readonly Field[] = [
  { name: "now", by: "host", doc: "monotonic time in ms, wrapping; written before every call" },
  { name: "unixTime", by: "host", doc: "wall clock in s since 1970-01-01, 0 where unknown; written before every call" },
  {
    name: "fuel",
    by: "host",
    doc: "loop rounds and calls that app code may spend on one event; written once, before `_initialize`",
  },
  { name: "deadline", by: "guest", doc: "time in ms (as `now`) at which `on_timer` is due; may be early, never late" },
  { name: "flags", by: "guest", doc: "bits of `Flag`; the host clears COLLECT when it has collected" },
  { name: "receive", by: "guest", doc: "address of the receive window" },
  { name: "receiveSize", by: "guest", doc: "its size in bytes, without RECEIVE_PAD" },
  { name: "port", by: "guest", doc: "TCP port that the app asks for, valid after `_initialize`" },
  { name: "maxConns", by: "guest", doc: "connections that the app asks for, valid after `_initialize`" },
  {
    name: "file",
    by: "guest",
    doc: "for the log of a trap: address of the name (an AssemblyScript string) of the app's source that was entered last; the host writes 0 before every call",
  },
  { name: "line", by: "guest", doc: "the line there, of the function or loop; holds where `file` is not 0" },
];

/** What `file_open` tells of a file: u32 fields, little-endian, in this order. */
export const fileInfo: readonly Field[] = [
  { name: "size", by: "host", doc: "in bytes" },
  { name: "modified", by: "host", doc: "when it was written last, in s since 1970-01-01" },
  { name: "encoded", by: "host", doc: "1 where READ_ENCODED has found a `.gz`, else 0" },
];

const conn: Param = { name: "conn", type: "i32", doc: "number of the connection" };
const storageKey: Param = { name: "key", type: "buffer", doc: "1 to STORAGE_KEY bytes" };
const file: Param = { name: "file", type: "i32", doc: "handle of the file" };

export const imports: readonly Call[] = [
  {
    name: "send",
    params: [
      conn,
      { name: "bytes", type: "buffer", doc: "what to send; the host copies nothing and keeps no reference" },
    ],
    returns: "bytes accepted, 0 to the length; or GONE",
    doc: "Sends on a connection. Where less than the whole was accepted the rest stays the guest's, and `on_writable` follows once there is room.",
  },
  {
    name: "close",
    params: [conn, { name: "how", type: "i32", doc: "one of `Close`" }],
    doc: "Ends a connection. Its number is free when the current call returns; no further event names it before the next `on_open`.",
  },
  {
    name: "read",
    params: [conn, { name: "on", type: "i32", doc: "0 stops reading, 1 goes on" }],
    doc: "Stops or resumes reading from a connection (backpressure). A new connection is read from.",
  },
  {
    name: "peer",
    params: [conn, { name: "text", type: "out", doc: "where the address goes" }],
    returns: "length of the address text in bytes, cut at the size of the buffer",
    doc: "Writes the peer's IP address as text.",
  },
  {
    name: "log",
    params: [
      { name: "level", type: "i32", doc: "one of `Level`" },
      { name: "text", type: "buffer", doc: "one line of UTF-8 without a line end" },
    ],
    doc: "Writes a line to the log.",
  },
  {
    name: "device_get",
    params: [
      { name: "item", type: "i32", doc: "one of `Device`" },
      { name: "index", type: "i32", doc: "number of a pin, or 0" },
    ],
    returns: "the value, or one of `DeviceError`",
    doc: "Reads from the board.",
  },
  {
    name: "device_set",
    params: [
      { name: "item", type: "i32", doc: "one of `Device`" },
      { name: "index", type: "i32", doc: "number of a pin, or 0" },
      { name: "value", type: "i32", doc: "what the item is set to" },
    ],
    returns: "0, or one of `DeviceError`",
    doc: "Sets something on the board.",
  },
  {
    name: "device_name",
    params: [{ name: "text", type: "out", doc: "where the name goes" }],
    returns: "length of the name in bytes, cut at the size of the buffer",
    doc: "Writes the name of the chip or board, as ESP32-C3.",
  },
  {
    name: "device_restart",
    params: [],
    doc: "Restarts the machine. The call returns; `stop` follows when the current event is over, and the restart once no connection is left, or after 2 s. Ignored before `boot` has returned.",
  },
  {
    name: "storage_get",
    params: [
      storageKey,
      { name: "value", type: "out", doc: "where the value goes; nothing is written where it does not fit" },
    ],
    returns: "length of the value in bytes, whether it fits or not; or one of `StorageError`",
    doc: "Reads what the app keeps under a key, across restarts and power cuts.",
  },
  {
    name: "storage_set",
    params: [storageKey, { name: "value", type: "buffer", doc: "at most STORAGE_VALUE bytes" }],
    returns: "0, or one of `StorageError`",
    doc: "Keeps a value under a key, instead of the one that is there. When it returns the value is safe; a power cut before leaves the old one.",
  },
  {
    name: "storage_remove",
    params: [storageKey],
    returns: "0, also where nothing is kept under that key; or one of `StorageError`",
    doc: "Forgets a key and its value.",
  },
  {
    name: "file_open",
    params: [
      { name: "path", type: "buffer", doc: "UTF-8, from the root on, with or without a `/` in front" },
      { name: "mode", type: "i32", doc: "one of `FileMode`" },
      { name: "info", type: "out", doc: "where a `FileInfo` goes; nothing is written where it does not fit" },
    ],
    returns: "a handle, 0 or more; or one of `FileError`",
    doc: "Opens a file. No handle is given out twice in the life of an instance, or nearly so: one that is closed names no other file.",
  },
  { name: "file_close", params: [file], doc: "Closes a file. A handle that is not open is ignored." },
  {
    name: "file_read",
    params: [
      file,
      { name: "offset", type: "i32", doc: "where to begin in bytes, as u32" },
      { name: "to", type: "out", doc: "where the bytes go" },
    ],
    returns: "bytes read, 0 at the end of the file; or one of `FileError`",
    doc: "Reads from a file.",
  },
  {
    name: "file_write",
    params: [file, { name: "bytes", type: "buffer", doc: "what to write" }],
    returns: "their length; or one of `FileError`, and then a part may have been written",
    doc: "Writes to a file, behind what was written before.",
  },
  {
    name: "file_rename",
    params: [
      { name: "from", type: "buffer", doc: "path of the file" },
      { name: "to", type: "buffer", doc: "its new path; a file that is there is replaced" },
    ],
    returns: "0, or one of `FileError`",
    doc: "Moves a file.",
  },
  {
    name: "file_remove",
    params: [{ name: "path", type: "buffer", doc: "path of the file" }],
    returns: "0, or one of `FileError`",
    doc: "Removes a file. Who has it open goes on with it.",
  },
  {
    name: "send_file",
    params: [
      conn,
      { ...file, doc: "handle of a file opened to read; closed in any case, and the host's until all is sent" },
      { name: "offset", type: "i32", doc: "where to begin in bytes, as u32" },
      { name: "length", type: "i32", doc: "how many bytes to send, as u32" },
    ],
    returns:
      "1 where all is sent already, 0 where `on_writable` will tell that it is; GONE; BUSY while another file is sent on the connection, or FAILED",
    doc: "Sends from a file on a connection, behind all that `send` accepted. Until all is sent `send` accepts nothing there. A file that turns out shorter, and `close` before the end, reset the connection: no peer takes a part for the whole.",
  },
  {
    name: "file_unsent",
    params: [conn],
    returns: "bytes that `send_file` has still to send on the connection, as u32; 0 where it is done",
    doc: "Tells how far a file is on its way: where that does not change, the peer takes nothing.",
  },
];

export const exports: readonly Call[] = [
  {
    name: "_initialize",
    params: [],
    doc: "Runs the app's top-level code: settings and routes. Once, before anything else.",
  },
  {
    name: "boot",
    params: [{ name: "maxConns", type: "i32", doc: "connections that the host can hold, 1 to CONNECTIONS" }],
    returns: "connections to serve: numbers 0 to that minus 1 are served, that number itself is for `on_refuse`",
    doc: "Takes up the settings. Once, after `_initialize`.",
  },
  { name: "on_open", params: [conn], doc: "A connection was accepted." },
  {
    name: "on_data",
    params: [conn, { name: "length", type: "i32", doc: "bytes in the receive window, 1 to `Window.receiveSize`" }],
    doc: "Bytes arrived; they lie in the receive window until the call returns.",
  },
  { name: "on_end", params: [conn], doc: "The peer will send no more (its FIN, `recv` = 0). Sending may still work." },
  { name: "on_writable", params: [conn], doc: "There is room again after a short `send`." },
  {
    name: "on_close",
    params: [conn],
    doc: "The connection is gone (reset, or an error of the socket): forget it, do not close it.",
  },
  { name: "on_timer", params: [], doc: "`Window.deadline` has come, or pins have changed: `Device.PIN_CHANGE`." },
  {
    name: "on_refuse",
    params: [conn],
    doc: "A connection was accepted that there is no room for: answer 503 and close it, within this call.",
  },
  {
    name: "reclaim",
    params: [],
    returns: "1 where a connection was closed for another's sake, 0 where all are at work",
    doc: "Asks for a connection to be given up: an idle kept-alive one, or one that is too slow with its head.",
  },
  {
    name: "is_idle",
    params: [conn],
    returns: "1 where the connection waits for a request of which no byte has come, and nothing is left to send",
    doc: "Asked after a trap, of the instance that trapped: an idle connection goes on in a new instance. Touches no heap.",
  },
  {
    name: "on_fault",
    params: [{ ...conn, doc: "number of the connection, or -1 where the call was for none, as `on_timer`" }],
    doc: "The last call was aborted, or trapped, while it served `conn`: answer 500. On a fresh instance `on_open` comes first. Where this call is aborted itself it is made once more: answer without calling the app then.",
  },
  { name: "collect", params: [], doc: "Collects garbage. Never called from within another call." },
  { name: "print_routes", params: [], doc: "Writes the route table to the log, a line each." },
  { name: "stop", params: [], doc: "Shutting down: close what is idle, finish what is not and close it then." },
];

/** Immutable i32 globals that a guest exports. */
export const globals: readonly Constant[] = [
  { name: "abi_version", value: ABI_VERSION, doc: "version of this table; a host refuses another one" },
  { name: "abi_features", value: 1, doc: "bits of `Feature` that the guest needs" },
  { name: "window", value: 0, doc: "address of `Window`" },
];
