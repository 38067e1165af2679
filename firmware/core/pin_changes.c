#include "pin_changes.h"

#include <stdatomic.h>

#include "abi.h"
#include "port_device.h"

enum { QUEUE = 32, LEVEL_BITS = 1, NUMBER_BITS = 8, NONE = -1 };

/** Each pin × 2 + level. One side moves the end, the other one the start; both only grow. */
static uint8_t queue[QUEUE];
static atomic_uint queue_start;
static atomic_uint queue_end;
/** How many changes of a pin found no room, and whether there are any such pins. */
static atomic_ushort lost[PIN_CHANGES_PINS];
static atomic_bool any_lost;
static atomic_bool due;
/** Which changes of a pin are told: one of enum abi_edge. */
static uint8_t watched[PIN_CHANGES_PINS];

void pin_changes_note(int32_t pin, bool high) {
  unsigned end = atomic_load(&queue_end);
  if (end - atomic_load(&queue_start) < QUEUE && atomic_load(&lost[pin]) == 0) {
    queue[end % QUEUE] = (uint8_t)((unsigned)pin << LEVEL_BITS | (high ? 1u : 0u));
    atomic_store(&queue_end, end + 1);
  } else {
    if (atomic_load(&lost[pin]) < UINT16_MAX) atomic_fetch_add(&lost[pin], 1);
    atomic_store(&any_lost, true);
  }
  atomic_store(&due, true);
}

bool pin_changes_are_due(void) {
  return atomic_load(&due);
}

void pin_changes_tell(void) {
  atomic_store(&due, false);
}

static int32_t describe(int32_t pin, bool high, unsigned missed) {
  return (int32_t)(missed << NUMBER_BITS) | pin << LEVEL_BITS | (high ? 1 : 0);
}

/** What a pin is after changes that were lost: the last that is awaited. */
static bool level_after_lost(int32_t pin) {
  if (watched[pin] != ABI_EDGE_BOTH) return watched[pin] == ABI_EDGE_RISING;
  return port_device_get(ABI_DEVICE_PIN, pin) == 1;
}

static int32_t take_lost(void) {
  if (!atomic_exchange(&any_lost, false)) return NONE;
  for (int32_t pin = 0; pin < PIN_CHANGES_PINS; pin++) {
    unsigned count = atomic_exchange(&lost[pin], 0);
    if (count == 0) continue;
    atomic_store(&any_lost, true);
    atomic_store(&due, true);
    return describe(pin, level_after_lost(pin), count - 1);
  }
  return NONE;
}

int32_t pin_changes_take(void) {
  /* Before the look at the queue: what comes after that sets it again. */
  atomic_store(&due, false);
  unsigned start = atomic_load(&queue_start);
  if (start == atomic_load(&queue_end)) return take_lost();
  unsigned change = queue[start % QUEUE];
  atomic_store(&queue_start, start + 1);
  atomic_store(&due, true);
  return describe((int32_t)(change >> LEVEL_BITS), (change & 1) != 0, 0);
}

void pin_changes_watch(int32_t pin, int32_t edges) {
  watched[pin] = (uint8_t)edges;
}

void pin_changes_stop(void) {
  for (int32_t pin = 0; pin < PIN_CHANGES_PINS; pin++) {
    if (watched[pin] != ABI_EDGE_NONE) {
      port_device_set(ABI_DEVICE_PIN_EDGES, pin, ABI_EDGE_NONE);
      watched[pin] = ABI_EDGE_NONE;
    }
    atomic_store(&lost[pin], 0);
  }
  atomic_store(&any_lost, false);
  atomic_store(&queue_start, atomic_load(&queue_end));
  atomic_store(&due, false);
}
