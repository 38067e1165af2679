#include "watchdog.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "guest.h"
#include "port_watchdog.h"

/** How often the watchdog looks while its time runs. */
enum { LOOKS = 4, US_PER_SECOND = 1000000, LINE_BYTES = SANDBOX_TEXT_MAX + 128 };

/** Odd while the loop works, even while it waits; changes with each round. */
static atomic_uint turn;

static const struct server *watched;
static uint32_t limit_seconds;

void port_watchdog_feed(void) {
  unsigned now = atomic_load_explicit(&turn, memory_order_relaxed);
  atomic_store_explicit(&turn, (now + 2) | 1, memory_order_relaxed);
}

uint32_t port_watchdog_rest(void) {
  port_watchdog_end();
  return UINT32_MAX;
}

void port_watchdog_end(void) {
  unsigned now = atomic_load_explicit(&turn, memory_order_relaxed);
  atomic_store_explicit(&turn, (now + 1) & ~1U, memory_order_relaxed);
}

/** Writes past the log's buffer: what hangs may hold its lock. */
__attribute__((noreturn)) static void bite(void) {
  char where[SANDBOX_TEXT_MAX];
  char line[LINE_BYTES];
  guest_describe_call(watched, where, sizeof where);
  int length = snprintf(line, sizeof line,
                        "ERROR %s has not come to an end in %u s: the watchdog ends the program\n",
                        where, (unsigned)limit_seconds);
  ssize_t written = write(STDERR_FILENO, line, (size_t)length);
  (void)written;
  _exit(WATCHDOG_EXIT);
}

static void look(int signal) {
  static unsigned seen;
  static int looks;
  (void)signal;
  unsigned now = atomic_load_explicit(&turn, memory_order_relaxed);
  if (now % 2 == 0 || now != seen) {
    seen = now;
    looks = 0;
  } else if (++looks == LOOKS) {
    bite();
  }
}

bool watchdog_start(const struct server *server, uint32_t seconds) {
  watched = server;
  limit_seconds = seconds;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = look;
  action.sa_flags = SA_RESTART;
  const uint64_t pause = (uint64_t)seconds * US_PER_SECOND / LOOKS;
  const struct timeval every = {.tv_sec = (time_t)(pause / US_PER_SECOND),
                                .tv_usec = (suseconds_t)(pause % US_PER_SECOND)};
  const struct itimerval timer = {.it_interval = every, .it_value = every};
  return sigaction(SIGPROF, &action, NULL) == 0 && setitimer(ITIMER_PROF, &timer, NULL) == 0;
}
