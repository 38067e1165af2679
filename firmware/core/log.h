/** Lines for the log: one line each, printable, of bounded length. */
#ifndef MICROSERVER_LOG_H
#define MICROSERVER_LOG_H

#include <stddef.h>
#include <stdint.h>

/** Longest line in bytes; the rest of a longer one is cut. */
#define LOG_LINE_MAX 512

/** Writes a line that the host composes. `level` is one of enum abi_level. */
__attribute__((format(printf, 2, 3))) void log_write(int32_t level, const char *format, ...);

/** Writes a text from the guest: control characters become `?`, an unknown level becomes INFO. */
void log_text(int32_t level, const char *text, size_t length);

#endif
