#include "clock.h"

#include "port.h"

enum { MS_PER_SECOND = 1000 };

static void read_wall_clock(struct clock *clock) {
  uint64_t time = port_unix_time_ms();
  clock->unix_time = (uint32_t)(time / MS_PER_SECOND);
  clock->next_second = clock->now + MS_PER_SECOND - (uint32_t)(time % MS_PER_SECOND);
}

void clock_start(struct clock *clock) {
  clock->now = port_now();
  read_wall_clock(clock);
}

void clock_tick(struct clock *clock) {
  clock->now = port_now();
  if (clock_until(clock->now, clock->next_second) == 0) read_wall_clock(clock);
}
