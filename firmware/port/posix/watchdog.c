#include "watchdog.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "abi.h"
#include "guest.h"
#include "port.h"
#include "port_watchdog.h"

enum { LOOKS = 4, MS_PER_SECOND = 1000, NS_PER_MS = 1000000, LINE_MAX_BYTES = 256 };

/** Odd while the loop works, even while it waits; changes with each round. */
static atomic_uint turn;

static struct {
  const struct server *server;
  clockid_t clock;
  uint32_t seconds;
} watched;

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

/** Time that the watched thread has computed: a busy or sleeping computer is nobody's fault. */
static uint64_t spent_ms(void) {
  struct timespec time;
  if (clock_gettime(watched.clock, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * MS_PER_SECOND + (uint64_t)(time.tv_nsec / NS_PER_MS);
}

__attribute__((noreturn)) static void bite(void) {
  char where[SANDBOX_TEXT_MAX];
  char line[SANDBOX_TEXT_MAX + LINE_MAX_BYTES];
  guest_describe_call(watched.server, where, sizeof where);
  int length = snprintf(line, sizeof line,
                        "%s has not come to an end in %u s: the watchdog ends the program", where,
                        (unsigned)watched.seconds);
  port_log(ABI_LEVEL_ERROR, line, (size_t)length);
  _exit(WATCHDOG_EXIT);
}

static void *watch(void *unused) {
  (void)unused;
  const uint64_t limit = (uint64_t)watched.seconds * MS_PER_SECOND;
  const uint64_t pause = limit / LOOKS;
  const struct timespec wait = {.tv_sec = (time_t)(pause / MS_PER_SECOND),
                                .tv_nsec = (long)(pause % MS_PER_SECOND * NS_PER_MS)};
  unsigned seen = 0;
  uint64_t since = 0;
  for (;;) {
    nanosleep(&wait, NULL);
    unsigned now = atomic_load_explicit(&turn, memory_order_relaxed);
    uint64_t spent = spent_ms();
    if (now % 2 == 0 || now != seen) {
      seen = now;
      since = spent;
    } else if (spent - since >= limit) {
      bite();
    }
  }
}

bool watchdog_start(const struct server *server, uint32_t seconds) {
  watched.server = server;
  watched.seconds = seconds;
  if (pthread_getcpuclockid(pthread_self(), &watched.clock) != 0) return false;
  /* Signals are for the server's thread. */
  sigset_t all;
  sigset_t before;
  pthread_t thread;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool started = pthread_create(&thread, NULL, watch, NULL) == 0 && pthread_detach(thread) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return started;
}
