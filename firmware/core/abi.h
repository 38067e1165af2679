/* Generated from host/abi.ts by `npm run abi`: edit the table, not this file. */

#ifndef MICROSERVER_ABI_H
#define MICROSERVER_ABI_H

#include <stddef.h>
#include <stdint.h>

#include "wasm_export.h"

/** Version of this ABI: a guest's exported global `abi_version` must equal it. */
#define ABI_VERSION 1

/** Module name of the imports. */
#define ABI_IMPORT_MODULE "microserver"

/**
 * Bits of the exported global `abi_features`: what the guest needs from its host. A bit that the
 * host lacks is refused at load.
 */
enum abi_feature {
  /** Connections, time and the log: the calls of this table. */
  ABI_FEATURE_HTTP = 1,
};

/** Bits of `Window.flags`, written by the guest. */
enum abi_flag {
  /** `Window.deadline` holds; without it the guest waits for no time. */
  ABI_FLAG_DEADLINE = 1,
  /** The guest asks for a `collect` call once this call has returned. */
  ABI_FLAG_COLLECT = 2,
};

/** How `close` ends a connection. */
enum abi_close {
  /**
   * Sent bytes arrive, then FIN; what the peer still sends is drained within bounds, so that it
   * sees the answer and no reset.
   */
  ABI_CLOSE_FLUSH = 0,
  /** At once. */
  ABI_CLOSE_RESET = 1,
};

/** Levels of `log`, most severe first. */
enum abi_level {
  /** A request or a handler failed. */
  ABI_LEVEL_ERROR = 0,
  /** It works, but somebody should look. */
  ABI_LEVEL_WARN = 1,
  /** What a person watching wants to see. */
  ABI_LEVEL_INFO = 2,
  /** What a developer wants to see. */
  ABI_LEVEL_DEBUG = 3,
};

/**
 * What `device_get` and `device_set` name, with `index`: the number of a pin where it says so, else
 * 0.
 */
enum abi_device {
  /** Set: one of `PinMode`. */
  ABI_DEVICE_PIN_MODE = 0,
  /**
   * Level of a pin, 0 or 1. Get: what is read from an input, what was set of an output; set:
   * outputs only.
   */
  ABI_DEVICE_PIN = 1,
  /**
   * Set: pulses on a pin at that many Hz, with duty 0 until that is set; PIN_MODE ends them. Get:
   * the same, 0 where there are none.
   */
  ABI_DEVICE_PWM_FREQUENCY = 2,
  /** Set: the share of the pulses' time in which a pin is high, 0 to 65535. */
  ABI_DEVICE_PWM_DUTY = 3,
  /** Get: voltage at a pin in mV. */
  ABI_DEVICE_ADC = 4,
  /** Get: temperature of the chip in m°C. */
  ABI_DEVICE_TEMPERATURE = 5,
  /** Get: time since the last reset in s. */
  ABI_DEVICE_UPTIME = 6,
  /** Get: free memory of the machine in bytes, the guest's own left out. */
  ABI_DEVICE_FREE_HEAP = 7,
  /** Get: the largest block of that in bytes. */
  ABI_DEVICE_LARGEST_BLOCK = 8,
  /** Get: one of `ResetReason`. */
  ABI_DEVICE_RESET_REASON = 9,
  /** Get: 31 random bits from the machine's source of entropy, fit for secrets. */
  ABI_DEVICE_RANDOM = 10,
  /** Get: monotonic time in µs, its lowest 31 bits; to tell how long something took. */
  ABI_DEVICE_CLOCK = 11,
  /** Get: bytes that the storage has room for, its own bookkeeping included. */
  ABI_DEVICE_STORAGE_FREE = 12,
  /**
   * Set: which changes of a pin's level are told, one of `Edge`; PIN_MODE and a new instance end
   * it.
   */
  ABI_DEVICE_PIN_EDGES = 13,
  /**
   * Get: takes the oldest change of a pin that is told: the level in bit 0, the pin in bits 1 to 7,
   * and from bit 8 on how many changes of that pin were lost before it, since they came too fast;
   * -1 where there is none.
   */
  ABI_DEVICE_PIN_CHANGE = 14,
};

/** Results of `device_get` and `device_set` that are no values: INVALID and all below it. */
enum abi_device_error {
  /** The board has no such pin or sensor, or the host does not know the item. */
  ABI_DEVICE_ERROR_UNSUPPORTED = -2147483647,
  /** The host's configuration keeps it from apps. */
  ABI_DEVICE_ERROR_DENIED = -2147483646,
  /** The value is out of range, or the pin is in another mode. */
  ABI_DEVICE_ERROR_INVALID = -2147483645,
};

/** What a pin is. */
enum abi_pin_mode {
  /** Floating; what every pin is after a reset. */
  ABI_PIN_MODE_INPUT = 0,
  /** An input that is high where nothing is connected. */
  ABI_PIN_MODE_PULL_UP = 1,
  /** An input that is low where nothing is connected. */
  ABI_PIN_MODE_PULL_DOWN = 2,
  /** Driven high and low. */
  ABI_PIN_MODE_OUTPUT = 3,
  /** An output that is driven low only. */
  ABI_PIN_MODE_OPEN_DRAIN = 4,
};

/** Changes of a pin's level. */
enum abi_edge {
  /** None. */
  ABI_EDGE_NONE = 0,
  /** From low to high. */
  ABI_EDGE_RISING = 1,
  /** From high to low. */
  ABI_EDGE_FALLING = 2,
  /** Each change. */
  ABI_EDGE_BOTH = 3,
};

/** Why the machine started. */
enum abi_reset_reason {
  /** The machine does not tell. */
  ABI_RESET_REASON_UNKNOWN = 0,
  /** It was switched on, or the host was started. */
  ABI_RESET_REASON_POWER_ON = 1,
  /** `device_restart`. */
  ABI_RESET_REASON_RESTART = 2,
  /** The host failed. */
  ABI_RESET_REASON_CRASH = 3,
  /** Something took too long. */
  ABI_RESET_REASON_WATCHDOG = 4,
  /** The supply voltage fell too low. */
  ABI_RESET_REASON_BROWNOUT = 5,
  /** It woke up. */
  ABI_RESET_REASON_DEEP_SLEEP = 6,
  /** The reset pin. */
  ABI_RESET_REASON_EXTERNAL = 7,
};

/** Results of the storage calls that failed. */
enum abi_storage_error {
  /** None: the call has succeeded. */
  ABI_STORAGE_ERROR_NONE = 0,
  /** Nothing is kept under that key. */
  ABI_STORAGE_ERROR_ABSENT = -1,
  /** The key is malformed, or the value too long. */
  ABI_STORAGE_ERROR_INVALID = -2,
  /** No room is left for it; what was kept before still is. */
  ABI_STORAGE_ERROR_FULL = -3,
  /** The storage failed. */
  ABI_STORAGE_ERROR_FAILED = -4,
  /** The host's configuration keeps storage from apps. */
  ABI_STORAGE_ERROR_DENIED = -5,
  /** The machine has no storage. */
  ABI_STORAGE_ERROR_UNSUPPORTED = -6,
};

/** What `file_open` opens a file for. */
enum abi_file_mode {
  /** To read, or to send. */
  ABI_FILE_MODE_READ = 0,
  /**
   * As READ, of the file with `.gz` behind its path where there is one: `FileInfo` is of that then,
   * and tells.
   */
  ABI_FILE_MODE_READ_ENCODED = 1,
  /** To write from the start: emptied, or made. */
  ABI_FILE_MODE_WRITE = 2,
  /** To write at the end: made where it is absent. */
  ABI_FILE_MODE_APPEND = 3,
};

/** Results of the file calls that failed. */
enum abi_file_error {
  /** No such file, or no folder to make it in; or the host has no files at all. */
  ABI_FILE_ERROR_ABSENT = -1,
  /** The path is malformed, passes a link, or names what is no file; or rights are lacking. */
  ABI_FILE_ERROR_FORBIDDEN = -2,
  /** The path names a folder. */
  ABI_FILE_ERROR_DIRECTORY = -3,
  /** No room is left for it. */
  ABI_FILE_ERROR_FULL = -4,
  /** Too many files are open; or a file is being sent on the connection. */
  ABI_FILE_ERROR_BUSY = -5,
  /**
   * The storage failed, or the file is larger than 4 GiB − 1; or the call names no open file, or no
   * mode.
   */
  ABI_FILE_ERROR_FAILED = -6,
};

/** Sizes both sides rely on. */
enum abi_limit {
  /** Result of a call on a connection that the peer has ended. */
  ABI_LIMIT_GONE = -1,
  /** Bytes behind the receive window that belong to it and that the host never writes. */
  ABI_LIMIT_RECEIVE_PAD = 16,
  /** Connections a host may offer at most. */
  ABI_LIMIT_CONNECTIONS = 128,
  /**
   * Bytes that a key of the storage may have, at least 1: letters, digits and signs of ASCII, no
   * space.
   */
  ABI_LIMIT_STORAGE_KEY = 15,
  /** Bytes that a value of the storage may have. */
  ABI_LIMIT_STORAGE_VALUE = 4000,
};

/** What host and guest tell each other beside the calls; its address is the global `window`. */
struct abi_window {
  /** Monotonic time in ms, wrapping; written before every call. Written by the host. */
  uint32_t now;
  /**
   * Wall clock in s since 1970-01-01, 0 where unknown; written before every call. Written by the
   * host.
   */
  uint32_t unix_time;
  /**
   * Loop rounds and calls that app code may spend on one event; written once, before `_initialize`.
   * Written by the host.
   */
  uint32_t fuel;
  /**
   * Time in ms (as `now`) at which `on_timer` is due; may be early, never late. Written by the
   * guest.
   */
  uint32_t deadline;
  /** Bits of `Flag`; the host clears COLLECT when it has collected. Written by the guest. */
  uint32_t flags;
  /** Address of the receive window. Written by the guest. */
  uint32_t receive;
  /** Its size in bytes, without RECEIVE_PAD. Written by the guest. */
  uint32_t receive_size;
  /** TCP port that the app asks for, valid after `_initialize`. Written by the guest. */
  uint32_t port;
  /** Connections that the app asks for, valid after `_initialize`. Written by the guest. */
  uint32_t max_conns;
  /**
   * For the log of a trap: address of the name (an AssemblyScript string) of the app's source that
   * was entered last; the host writes 0 before every call. Written by the guest.
   */
  uint32_t file;
  /** The line there, of the function or loop; holds where `file` is not 0. Written by the guest. */
  uint32_t line;
};
_Static_assert(offsetof(struct abi_window, now) == 0, "now");
_Static_assert(offsetof(struct abi_window, unix_time) == 4, "unix_time");
_Static_assert(offsetof(struct abi_window, fuel) == 8, "fuel");
_Static_assert(offsetof(struct abi_window, deadline) == 12, "deadline");
_Static_assert(offsetof(struct abi_window, flags) == 16, "flags");
_Static_assert(offsetof(struct abi_window, receive) == 20, "receive");
_Static_assert(offsetof(struct abi_window, receive_size) == 24, "receive_size");
_Static_assert(offsetof(struct abi_window, port) == 28, "port");
_Static_assert(offsetof(struct abi_window, max_conns) == 32, "max_conns");
_Static_assert(offsetof(struct abi_window, file) == 36, "file");
_Static_assert(offsetof(struct abi_window, line) == 40, "line");

/** What `file_open` tells of a file. */
struct abi_file_info {
  /** In bytes. Written by the host. */
  uint32_t size;
  /** When it was written last, in s since 1970-01-01. Written by the host. */
  uint32_t modified;
  /** 1 where READ_ENCODED has found a `.gz`, else 0. Written by the host. */
  uint32_t encoded;
};
_Static_assert(offsetof(struct abi_file_info, size) == 0, "size");
_Static_assert(offsetof(struct abi_file_info, modified) == 4, "modified");
_Static_assert(offsetof(struct abi_file_info, encoded) == 8, "encoded");

/**
 * Sends on a connection. Where less than the whole was accepted the rest stays the guest's, and
 * `on_writable` follows once there is room.
 * @return bytes accepted, 0 to the length; or GONE
 */
int32_t abi_send(wasm_exec_env_t env, int32_t conn, const char *bytes, uint32_t bytes_length);

/**
 * Ends a connection. Its number is free when the current call returns; no further event names it
 * before the next `on_open`.
 */
void abi_close(wasm_exec_env_t env, int32_t conn, int32_t how);

/** Stops or resumes reading from a connection (backpressure). A new connection is read from. */
void abi_read(wasm_exec_env_t env, int32_t conn, int32_t on);

/**
 * Writes the peer's IP address as text.
 * @return length of the address text in bytes, cut at the size of the buffer
 */
int32_t abi_peer(wasm_exec_env_t env, int32_t conn, char *text, uint32_t text_length);

/** Writes a line to the log. */
void abi_log(wasm_exec_env_t env, int32_t level, const char *text, uint32_t text_length);

/**
 * Reads from the board.
 * @return the value, or one of `DeviceError`
 */
int32_t abi_device_get(wasm_exec_env_t env, int32_t item, int32_t index);

/**
 * Sets something on the board.
 * @return 0, or one of `DeviceError`
 */
int32_t abi_device_set(wasm_exec_env_t env, int32_t item, int32_t index, int32_t value);

/**
 * Writes the name of the chip or board, as ESP32-C3.
 * @return length of the name in bytes, cut at the size of the buffer
 */
int32_t abi_device_name(wasm_exec_env_t env, char *text, uint32_t text_length);

/**
 * Restarts the machine. The call returns; `stop` follows when the current event is over, and the
 * restart once no connection is left, or after 2 s. Ignored before `boot` has returned.
 */
void abi_device_restart(wasm_exec_env_t env);

/**
 * Reads what the app keeps under a key, across restarts and power cuts.
 * @return length of the value in bytes, whether it fits or not; or one of `StorageError`
 */
int32_t abi_storage_get(wasm_exec_env_t env, const char *key, uint32_t key_length, char *value,
                        uint32_t value_length);

/**
 * Keeps a value under a key, instead of the one that is there. When it returns the value is safe; a
 * power cut before leaves the old one.
 * @return 0, or one of `StorageError`
 */
int32_t abi_storage_set(wasm_exec_env_t env, const char *key, uint32_t key_length,
                        const char *value, uint32_t value_length);

/**
 * Forgets a key and its value.
 * @return 0, also where nothing is kept under that key; or one of `StorageError`
 */
int32_t abi_storage_remove(wasm_exec_env_t env, const char *key, uint32_t key_length);

/**
 * Opens a file. No handle is given out twice in the life of an instance, or nearly so: one that is
 * closed names no other file.
 * @return a handle, 0 or more; or one of `FileError`
 */
int32_t abi_file_open(wasm_exec_env_t env, const char *path, uint32_t path_length, int32_t mode,
                      char *info, uint32_t info_length);

/** Closes a file. A handle that is not open is ignored. */
void abi_file_close(wasm_exec_env_t env, int32_t file);

/**
 * Reads from a file.
 * @return bytes read, 0 at the end of the file; or one of `FileError`
 */
int32_t abi_file_read(wasm_exec_env_t env, int32_t file, int32_t offset, char *to,
                      uint32_t to_length);

/**
 * Writes to a file, behind what was written before.
 * @return their length; or one of `FileError`, and then a part may have been written
 */
int32_t abi_file_write(wasm_exec_env_t env, int32_t file, const char *bytes, uint32_t bytes_length);

/**
 * Moves a file.
 * @return 0, or one of `FileError`
 */
int32_t abi_file_rename(wasm_exec_env_t env, const char *from, uint32_t from_length, const char *to,
                        uint32_t to_length);

/**
 * Removes a file. Who has it open goes on with it.
 * @return 0, or one of `FileError`
 */
int32_t abi_file_remove(wasm_exec_env_t env, const char *path, uint32_t path_length);

/**
 * Sends from a file on a connection, behind all that `send` accepted. Until all is sent `send`
 * accepts nothing there. A file that turns out shorter, and `close` before the end, reset the
 * connection: no peer takes a part for the whole.
 * @return 1 where all is sent already, 0 where `on_writable` will tell that it is; GONE; BUSY while
 * another file is sent on the connection, or FAILED
 */
int32_t abi_send_file(wasm_exec_env_t env, int32_t conn, int32_t file, int32_t offset,
                      int32_t length);

/**
 * Tells how far a file is on its way: where that does not change, the peer takes nothing.
 * @return bytes that `send_file` has still to send on the connection, as u32; 0 where it is done
 */
int32_t abi_file_unsent(wasm_exec_env_t env, int32_t conn);

/** The exports, to index a table of function handles. */
enum abi_export {
  ABI_EXPORT_INITIALIZE,
  ABI_EXPORT_BOOT,
  ABI_EXPORT_ON_OPEN,
  ABI_EXPORT_ON_DATA,
  ABI_EXPORT_ON_END,
  ABI_EXPORT_ON_WRITABLE,
  ABI_EXPORT_ON_CLOSE,
  ABI_EXPORT_ON_TIMER,
  ABI_EXPORT_ON_REFUSE,
  ABI_EXPORT_RECLAIM,
  ABI_EXPORT_IS_IDLE,
  ABI_EXPORT_ON_FAULT,
  ABI_EXPORT_COLLECT,
  ABI_EXPORT_PRINT_ROUTES,
  ABI_EXPORT_STOP,
  ABI_EXPORT_COUNT,
};

/** The exports: X(index, name, parameters, results), all of them i32. */
#define ABI_EXPORTS(X) \
  X(ABI_EXPORT_INITIALIZE, "_initialize", 0, 0) \
  X(ABI_EXPORT_BOOT, "boot", 1, 1) \
  X(ABI_EXPORT_ON_OPEN, "on_open", 1, 0) \
  X(ABI_EXPORT_ON_DATA, "on_data", 2, 0) \
  X(ABI_EXPORT_ON_END, "on_end", 1, 0) \
  X(ABI_EXPORT_ON_WRITABLE, "on_writable", 1, 0) \
  X(ABI_EXPORT_ON_CLOSE, "on_close", 1, 0) \
  X(ABI_EXPORT_ON_TIMER, "on_timer", 0, 0) \
  X(ABI_EXPORT_ON_REFUSE, "on_refuse", 1, 0) \
  X(ABI_EXPORT_RECLAIM, "reclaim", 0, 1) \
  X(ABI_EXPORT_IS_IDLE, "is_idle", 1, 1) \
  X(ABI_EXPORT_ON_FAULT, "on_fault", 1, 0) \
  X(ABI_EXPORT_COLLECT, "collect", 0, 0) \
  X(ABI_EXPORT_PRINT_ROUTES, "print_routes", 0, 0) \
  X(ABI_EXPORT_STOP, "stop", 0, 0)

#endif
