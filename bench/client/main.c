/** A client that sends requests as fast as they are answered, and says how fast that was. */

#include <stdio.h>
#include <stdlib.h>

#include "connection.h"

/** How long a server may be silent; under valgrind one is about 50 times slower. */
enum { PATIENCE_MS = 20000 };

static bool is_over(const struct connection *connections, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (connections[i].phase != PHASE_OVER) return false;
  return true;
}

static void serve(struct connection *connections, struct pollfd *polled, size_t count) {
  while (!is_over(connections, count)) {
    if (poll(polled, (nfds_t)count, PATIENCE_MS) <= 0) {
      fprintf(stderr, "load: the server says nothing for %d s\n", PATIENCE_MS / 1000);
      exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < count; i++)
      if (polled[i].fd >= 0 && polled[i].revents != 0) connection_serve(&connections[i]);
  }
}

int main(int count, char **arguments) {
  struct options options = options_read(count, arguments);
  uint64_t start = now();
  struct run run = {.options = &options, .end = UINT64_MAX};
  if (options.nanoseconds > 0) run.end = start + options.nanoseconds;
  struct pollfd polled[CONNECTIONS_MAX];
  struct connection *connections = calloc(options.connections, sizeof *connections);
  if (connections == NULL) {
    perror("load");
    return EXIT_FAILURE;
  }
  for (size_t i = 0; i < options.connections; i++) {
    polled[i] = (struct pollfd){.fd = -1};
    connections[i].run = &run;
    connections[i].polled = &polled[i];
    connection_start(&connections[i]);
  }
  serve(connections, polled, options.connections);
  double seconds = (double)(run.last - start) / 1e9;
  latencies_sort(&run.latencies);
  printf("{\"requests\":%zu,\"seconds\":%.6f,\"connects\":%llu,\"p50\":%.1f,\"p99\":%.1f}\n",
         run.latencies.count, seconds, (unsigned long long)run.connects,
         latencies_percentile(&run.latencies, 50), latencies_percentile(&run.latencies, 99));
  free(connections);
  free(run.latencies.nanoseconds);
  return EXIT_SUCCESS;
}
