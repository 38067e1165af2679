#include "latencies.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 65536, NANOSECONDS_PER_MICROSECOND = 1000 };

void latencies_add(struct latencies *all, uint64_t nanoseconds) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? FIRST_CAPACITY : 2 * all->capacity;
    all->nanoseconds = realloc(all->nanoseconds, all->capacity * sizeof *all->nanoseconds);
    if (all->nanoseconds == NULL) {
      perror("load");
      exit(EXIT_FAILURE);
    }
  }
  all->nanoseconds[all->count++] = nanoseconds < UINT32_MAX ? (uint32_t)nanoseconds : UINT32_MAX;
}

static int compare(const void *left, const void *right) {
  uint32_t a = *(const uint32_t *)left;
  uint32_t b = *(const uint32_t *)right;
  return (a > b) - (a < b);
}

void latencies_sort(struct latencies *all) {
  if (all->count > 0) qsort(all->nanoseconds, all->count, sizeof *all->nanoseconds, compare);
}

double latencies_percentile(const struct latencies *all, double percent) {
  if (all->count == 0) return 0;
  size_t rank = (size_t)ceil(percent / 100 * (double)all->count);
  return (double)all->nanoseconds[rank > 0 ? rank - 1 : 0] / NANOSECONDS_PER_MICROSECOND;
}
