/** What ESP-IDF's <sys/poll.h> declares, with its values. POLLHUP never comes. */
#ifndef MICROSERVER_PORT_POLL_H
#define MICROSERVER_PORT_POLL_H

#define POLLIN (1u << 0)
#define POLLOUT (1u << 3)
#define POLLERR (1u << 5)
#define POLLHUP (1u << 6)

struct pollfd {
  /** A socket; a negative number is passed over. */
  int fd;
  short events;
  short revents;
};

typedef unsigned int nfds_t;

/**
 * Waits until something is ready, or has failed.
 * @param timeout in ms, negative for no end
 * @return how many entries have `revents`, or -1 with errno
 */
int port_poll(struct pollfd *entries, nfds_t count, int timeout);

/** The C library of the desktop has a function of that name. */
#define poll port_poll

#endif
