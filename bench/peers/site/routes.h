/** The table of routes, read from a file with lines such as `GET /api/sensors/<int:id>`. */

#ifndef BENCH_ROUTES_H
#define BENCH_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

enum { ROUTES_MAX = 64, ROUTE_BYTES = 80 };

struct route {
  char method[8];
  /** As in the file; a segment that begins with `<` takes any one segment. */
  char pattern[ROUTE_BYTES];
};

/** Reads the file. Ends the program where it cannot. */
void routes_read(const char *path);

size_t routes_count(void);

const struct route *routes_get(size_t index);

/** Finds the first route that takes the request. Sets `id` to its last number, 0 without one. */
const struct route *routes_find(const char *method, const char *path, long *id);

#endif
