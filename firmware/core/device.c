#include "device.h"

#include <stdbool.h>
#include <string.h>

#include "abi.h"
#include "pin_changes.h"
#include "port.h"
#include "port_device.h"
#include "port_storage.h"

enum { DUTY_MAX = 65535 };

static int32_t read_random(void) {
  uint32_t bits;
  port_random(&bits, sizeof bits);
  return (int32_t)(bits & INT32_MAX);
}

static int32_t storage_free(void) {
  int32_t bytes = port_storage_free();
  if (bytes >= 0) return bytes;
  return bytes == ABI_STORAGE_ERROR_DENIED ? ABI_DEVICE_ERROR_DENIED : ABI_DEVICE_ERROR_UNSUPPORTED;
}

int32_t device_get(int32_t item, int32_t index) {
  if (item == ABI_DEVICE_RANDOM) return read_random();
  if (item == ABI_DEVICE_CLOCK) return (int32_t)(port_now_us() & INT32_MAX);
  if (item == ABI_DEVICE_STORAGE_FREE) return storage_free();
  if (item == ABI_DEVICE_PIN_CHANGE) return pin_changes_take();
  return port_device_get(item, index);
}

static bool is_valid(int32_t item, int32_t value) {
  switch (item) {
  case ABI_DEVICE_PIN_MODE:
    return value >= ABI_PIN_MODE_INPUT && value <= ABI_PIN_MODE_OPEN_DRAIN;
  case ABI_DEVICE_PIN:
    return value == 0 || value == 1;
  case ABI_DEVICE_PIN_EDGES:
    return value >= ABI_EDGE_NONE && value <= ABI_EDGE_BOTH;
  case ABI_DEVICE_PWM_FREQUENCY:
    return value > 0;
  case ABI_DEVICE_PWM_DUTY:
    return value >= 0 && value <= DUTY_MAX;
  default:
    return true;
  }
}

int32_t device_set(int32_t item, int32_t index, int32_t value) {
  if (!is_valid(item, value)) return ABI_DEVICE_ERROR_INVALID;
  int32_t result = port_device_set(item, index, value);
  if (result != 0) return result;
  if (item == ABI_DEVICE_PIN_EDGES) pin_changes_watch(index, value);
  if (item == ABI_DEVICE_PIN_MODE) pin_changes_watch(index, ABI_EDGE_NONE);
  return result;
}

int32_t device_name(char *text, size_t size) {
  const char *name = port_device_name();
  size_t length = strlen(name) < size ? strlen(name) : size;
  memcpy(text, name, length);
  return (int32_t)length;
}
