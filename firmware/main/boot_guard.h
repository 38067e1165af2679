/** Decides at each start whether the app or the recovery app is run: it counts crashes. */
#ifndef MICROSERVER_BOOT_GUARD_H
#define MICROSERVER_BOOT_GUARD_H

#include <stdbool.h>
#include <stdint.h>

/** Kept in memory that a reset leaves as it is, and that is anything after power-on. */
struct boot_guard {
  uint32_t magic;
  /** Crashes since it last ran well. */
  uint32_t crashes;
  /** The recovery app was asked for: 0 or 1. */
  uint32_t demanded;
  /** Made of the fields before. */
  uint32_t check;
};

enum boot_cause {
  /** Power came on, or the reset button was pressed. */
  BOOT_FRESH,
  /** The firmware asked for it. */
  BOOT_WANTED,
  /** A panic or a watchdog. */
  BOOT_CRASH,
  /** The supply broke down: no fault of the app, and no proof that it is well. */
  BOOT_BROWNOUT,
};

/**
 * To be called once at each start.
 * @param crashes_max crashes in a row after which the recovery app is run
 * @return whether to run it now; the start after that one runs the app again
 */
bool boot_guard_begin(struct boot_guard *guard, enum boot_cause cause, uint32_t crashes_max);

/** The app has run well for a while. */
void boot_guard_healthy(struct boot_guard *guard);

/** Makes the next start run the recovery app. */
void boot_guard_demand_recovery(struct boot_guard *guard);

#endif
