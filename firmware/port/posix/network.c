#include "network.h"

#include <stdio.h>
#include <sys/resource.h>

const char network_default_host[] = "127.0.0.1";

bool network_open(struct server_options *options, char *reason) {
  if (options->host == NULL) options->host = network_default_host;
  // poll() takes no more entries than the process may have descriptors.
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= SERVER_POLLED) return true;
  if (limit.rlim_cur <= SERVER_CONNECTION) {
    snprintf(reason, SANDBOX_TEXT_MAX, "too few file descriptors: raise ulimit -n");
    return false;
  }
  uint32_t room = (uint32_t)limit.rlim_cur - SERVER_CONNECTION;
  if (options->max_conns > room) options->max_conns = room;
  return true;
}
