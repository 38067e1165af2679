/** The functions that the guest imports. */
#ifndef MICROSERVER_NATIVES_H
#define MICROSERVER_NATIVES_H

#include <stdbool.h>

struct server;

/** A C function as the `void *` that WAMR's tables want; ISO C leaves that conversion open. */
#define NATIVE_FUNCTION(function) (__extension__(void *)(function))

/** Registers the imports of the ABI (module "microserver"). */
bool natives_register(struct server *server);

/** Registers what AssemblyScript's own library imports (module "env"). */
bool env_register(struct server *server);

#endif
