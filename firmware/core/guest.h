/** Calls into the guest, with what belongs around each: time, garbage collection, faults. */
#ifndef MICROSERVER_GUEST_H
#define MICROSERVER_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

struct server;

/**
 * Starts the guest: instance, top-level code, `boot`.
 * @return false where that fails; the sandbox's `reason` says why
 */
bool guest_start(struct server *server);

/**
 * Calls an export. A trap is logged and recovered from, at the cost of the connection's request.
 * @param conn first parameter, or CONNECTION_NONE where the call concerns no connection
 * @param value second parameter, where the export has one
 * @return false where it trapped
 */
bool guest_call(struct server *server, enum abi_export export, int32_t conn, uint32_t value);

/**
 * Names what the guest is in, for the watchdog, which asks from another thread as the program's
 * last deed: the export, and where it is known the place in the app.
 */
void guest_describe_call(const struct server *server, char *text, size_t size);

/** Asks for a connection to be given up. Returns whether one was. */
bool guest_reclaim(struct server *server);

#endif
