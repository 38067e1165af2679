/** How long each answer took. */

#ifndef BENCH_LATENCIES_H
#define BENCH_LATENCIES_H

#include <stddef.h>
#include <stdint.h>

struct latencies {
  uint32_t *nanoseconds;
  size_t count;
  size_t capacity;
};

/** Adds one; what is longer than 4 s counts as that. Ends the program where there is no memory. */
void latencies_add(struct latencies *all, uint64_t nanoseconds);

/** Sorts them, for `latencies_percentile`. */
void latencies_sort(struct latencies *all);

/** Microseconds within which `percent` of them were, by the nearest rank; 0 where there are none.
 */
double latencies_percentile(const struct latencies *all, double percent);

#endif
