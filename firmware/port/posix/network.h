/** The network of a desktop host: the kernel's (network.c), or lwIP's behind a tap device
 * (port/lwip). */
#ifndef MICROSERVER_NETWORK_H
#define MICROSERVER_NETWORK_H

#include <stdbool.h>

#include "server.h"

/** Where the server listens where `--host` is not given, in the words of `--help`. */
extern const char network_default_host[];

/**
 * Brings the network up and fits the options into it: `host` gets an address where it is NULL,
 * `stop_fd` comes as a pipe and becomes what poll() takes.
 * @return false where that fails: `reason` (SANDBOX_TEXT_MAX bytes) says why and what to do
 */
bool network_open(struct server_options *options, char *reason);

#endif
