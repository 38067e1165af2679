/** Time as the guest sees it, read from the platform once a turn of the event loop. */
#ifndef MICROSERVER_CLOCK_H
#define MICROSERVER_CLOCK_H

#include <stdint.h>

struct clock {
  /** Monotonic time in ms, wrapping. */
  uint32_t now;
  /** Wall clock in s since 1970-01-01, 0 where it is unknown. */
  uint32_t unix_time;
  /** When `unix_time` is to be read again. */
  uint32_t next_second;
};

void clock_start(struct clock *clock);

void clock_tick(struct clock *clock);

/** Time in ms from `now` to `deadline`, 0 where it has passed; holds for up to 24 days. */
static inline uint32_t clock_until(uint32_t now, uint32_t deadline) {
  uint32_t left = deadline - now;
  return left > INT32_MAX ? 0 : left;
}

#endif
