/** What the host needs of the platform it runs on. Sockets are in the platform's port_socket.h. */
#ifndef MICROSERVER_PORT_H
#define MICROSERVER_PORT_H

#include <stddef.h>
#include <stdint.h>

/** Monotonic time in ms, wrapping. */
uint32_t port_now(void);

/** The same clock in µs. */
uint64_t port_now_us(void);

/** Wall clock in ms since 1970-01-01, 0 where it is unknown. */
uint64_t port_unix_time_ms(void);

/** Fills a buffer with random bytes. */
void port_random(void *bytes, size_t length);

/** Writes one line to the log; `level` is one of enum abi_level, `text` has no line end. */
void port_log(int32_t level, const char *text, size_t length);

#endif
