/** Accepting connections, and what happens when there is no room for one. */
#ifndef MICROSERVER_ACCEPT_H
#define MICROSERVER_ACCEPT_H

#include <stdint.h>

struct server;

/**
 * Accepts one waiting connection. Where all numbers are taken the guest gives one up or refuses the
 * newcomer; where sockets are used up, accepting pauses until one is free.
 */
void accept_connection(struct server *server);

/** Resumes accepting where a socket has become free, or it is time for another try. */
void accept_resume(struct server *server);

/** Time in ms until another try, while accepting is paused. */
uint32_t accept_until_resumed(const struct server *server);

#endif
