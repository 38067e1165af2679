/** The listening socket. */
#ifndef MICROSERVER_LISTENER_H
#define MICROSERVER_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Listens on a TCP port of an address (an IP address or a name); port 0 takes a free one.
 * @return the socket, or -1 with the reason
 */
int listener_open(const char *host, uint16_t port, char *reason, size_t size);

/** The port that a socket listens on. */
uint16_t listener_port(int fd);

/** Accepts one connection, non-blocking. Returns -1 where there is none; errno says why. */
int listener_accept(int fd);

#endif
