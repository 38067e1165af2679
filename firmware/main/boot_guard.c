#include "boot_guard.h"

#define MAGIC 0x4d534247u

static uint32_t check_of(const struct boot_guard *guard) {
  return guard->magic ^ (guard->crashes * 0x9e3779b1u) ^ (guard->demanded * 0x85ebca6bu) ^
         UINT32_MAX;
}

static void set(struct boot_guard *guard, uint32_t crashes, bool demanded) {
  guard->magic = MAGIC;
  guard->crashes = crashes;
  guard->demanded = demanded;
  guard->check = check_of(guard);
}

static bool is_valid(const struct boot_guard *guard) {
  return guard->magic == MAGIC && guard->check == check_of(guard);
}

bool boot_guard_begin(struct boot_guard *guard, enum boot_cause cause, uint32_t crashes_max) {
  if (!is_valid(guard)) set(guard, 0, false);
  uint32_t crashes = guard->crashes;
  if (cause == BOOT_CRASH) crashes++;
  if (cause == BOOT_FRESH || cause == BOOT_WANTED) crashes = 0;
  bool recover = crashes >= crashes_max || (guard->demanded != 0 && cause != BOOT_FRESH);
  set(guard, recover ? 0 : crashes, false);
  return recover;
}

void boot_guard_healthy(struct boot_guard *guard) {
  set(guard, 0, guard->demanded != 0);
}

void boot_guard_demand_recovery(struct boot_guard *guard) {
  set(guard, guard->crashes, true);
}
