#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi.h"
#include "port.h"

enum { SPACE = 0x20, DEL = 0x7f };

void log_write(int32_t level, const char *format, ...) {
  char line[LOG_LINE_MAX];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  log_text(level, line, strlen(line));
}

void log_text(int32_t level, const char *text, size_t length) {
  char line[LOG_LINE_MAX];
  if (level < ABI_LEVEL_ERROR || level > ABI_LEVEL_DEBUG) level = ABI_LEVEL_INFO;
  if (length > sizeof line) length = sizeof line;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    line[i] = c < SPACE || c == DEL ? '?' : (char)c;
  }
  port_log(level, line, length);
}
