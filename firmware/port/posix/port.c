#include "port.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "abi.h"

enum { MS_PER_SECOND = 1000, US_PER_SECOND = 1000000, NS_PER_US = 1000, NS_PER_MS = 1000000 };

static uint64_t read_clock_ms(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * MS_PER_SECOND + (uint64_t)(time.tv_nsec / NS_PER_MS);
}

uint32_t port_now(void) {
  return (uint32_t)read_clock_ms(CLOCK_MONOTONIC);
}

uint64_t port_now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * US_PER_SECOND + (uint64_t)(time.tv_nsec / NS_PER_US);
}

uint64_t port_unix_time_ms(void) {
  return read_clock_ms(CLOCK_REALTIME);
}

void port_random(void *bytes, size_t length) {
  if (getentropy(bytes, length) != 0) abort();
}

void port_log(int32_t level, const char *text, size_t length) {
  static const char *const names[] = {
      [ABI_LEVEL_ERROR] = "ERROR ",
      [ABI_LEVEL_WARN] = "WARN  ",
      [ABI_LEVEL_INFO] = "INFO  ",
      [ABI_LEVEL_DEBUG] = "DEBUG ",
  };
  fprintf(stderr, "%s%.*s\n", names[level], (int)length, text);
}
