#include "board_options.h"

#include <stdlib.h>
#include <string.h>

#include "abi.h"
#include "board.h"

enum { MILLI = 1000, TEMPERATURE_MIN = -273, TEMPERATURE_MAX = 1000, MILLIVOLTS_MAX = 5000 };

/** A `KEY=VALUE` of the text, or a part of it. */
struct span {
  const char *start;
  size_t length;
};

static bool is_text(struct span span, const char *text) {
  return span.length == strlen(text) && memcmp(span.start, text, span.length) == 0;
}

/** Reads a number that fills the span. */
static bool read_number(struct span span, double min, double max, double *value) {
  char *end;
  if (span.length == 0 || strchr("+-.0123456789", *span.start) == NULL) return false;
  *value = strtod(span.start, &end);
  return end == span.start + span.length && *value >= min && *value <= max;
}

static bool read_integer(struct span span, int32_t max, int32_t *value) {
  double number;
  if (!read_number(span, 0, max, &number) || number != (double)(int32_t)number) return false;
  *value = (int32_t)number;
  return true;
}

/** Takes `none` and `denied`, for what is not there or may not be used. */
static bool set_absence(struct span value, int32_t unsupported, int32_t denied, int32_t *item) {
  bool is_none = is_text(value, "none");
  if (!is_none && !is_text(value, "denied")) return false;
  *item = is_none ? unsupported : denied;
  return true;
}

static bool set_temperature(struct span value) {
  double celsius;
  if (set_absence(value, ABI_DEVICE_ERROR_UNSUPPORTED, ABI_DEVICE_ERROR_DENIED,
                  &board.temperature)) {
    return true;
  }
  if (!read_number(value, TEMPERATURE_MIN, TEMPERATURE_MAX, &celsius)) return false;
  board.temperature = (int32_t)(celsius * (double)MILLI + (celsius < 0 ? -0.5 : 0.5));
  return true;
}

static bool set_pin(int32_t pin, struct span value) {
  bool high = is_text(value, "high");
  board.pins[pin].denied = is_text(value, "denied");
  if (high || is_text(value, "low")) board_connect(pin, high ? 1 : 0);
  return high || is_text(value, "low") || board.pins[pin].denied;
}

static bool set_item(struct span key, struct span value) {
  static const char pin_key[] = "pin";
  static const char adc_key[] = "adc";
  enum { PREFIX = sizeof pin_key - 1 };
  if (is_text(key, "temperature")) return set_temperature(value);
  if (is_text(key, "storage"))
    return set_absence(value, ABI_STORAGE_ERROR_UNSUPPORTED, ABI_STORAGE_ERROR_DENIED,
                       &board.storage);
  if (is_text(key, "freeHeap")) return read_integer(value, INT32_MAX, &board.free_heap);
  if (is_text(key, "largestBlock")) return read_integer(value, INT32_MAX, &board.largest_block);

  int32_t number;
  struct span digits = {key.start + PREFIX, key.length - PREFIX};
  if (key.length <= PREFIX || !read_integer(digits, BOARD_PINS - 1, &number)) return false;
  if (memcmp(key.start, pin_key, PREFIX) == 0) return set_pin(number, value);
  return memcmp(key.start, adc_key, PREFIX) == 0 &&
         read_integer(value, MILLIVOLTS_MAX, &board.pins[number].millivolts);
}

bool board_options_apply(const char *text) {
  for (;;) {
    struct span key = {text, strcspn(text, "=,")};
    if (text[key.length] != '=') return false;
    text += key.length + 1;
    struct span value = {text, strcspn(text, ",")};
    if (!set_item(key, value)) return false;
    text += value.length;
    if (*text == '\0') return true;
    text++;
  }
}
