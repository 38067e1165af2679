/**
 * poll() made of select(), since lwIP's own knows no descriptors but its sockets, and ESP-IDF's
 * tells of an error only where something is awaited.
 */

/* The port that is built has it: on the chip that is not this folder. */
#include <port_socket.h>

enum { MS_PER_SECOND = 1000, US_PER_MS = 1000 };

struct sets {
  fd_set readable;
  fd_set writable;
  fd_set failed;
};

/** Returns the highest number, and one. */
static int fill(struct sets *sets, const struct pollfd *entries, nfds_t count) {
  int end = 0;
  FD_ZERO(&sets->readable);
  FD_ZERO(&sets->writable);
  FD_ZERO(&sets->failed);
  for (nfds_t i = 0; i < count; i++) {
    int fd = entries[i].fd;
    unsigned events = (unsigned short)entries[i].events;
    if (fd < 0) continue;
    if ((events & POLLIN) != 0) FD_SET(fd, &sets->readable);
    if ((events & POLLOUT) != 0) FD_SET(fd, &sets->writable);
    FD_SET(fd, &sets->failed);
    if (fd >= end) end = fd + 1;
  }
  return end;
}

static short events_of(const struct sets *sets, int fd) {
  unsigned events = 0;
  if (FD_ISSET(fd, &sets->readable)) events |= POLLIN;
  if (FD_ISSET(fd, &sets->writable)) events |= POLLOUT;
  if (FD_ISSET(fd, &sets->failed)) events |= POLLERR;
  return (short)events;
}

int port_poll(struct pollfd *entries, nfds_t count, int timeout) {
  struct sets sets;
  struct timeval time = {.tv_sec = timeout / MS_PER_SECOND,
                         .tv_usec = (timeout % MS_PER_SECOND) * US_PER_MS};
  int end = fill(&sets, entries, count);
  int found = select(end, &sets.readable, &sets.writable, &sets.failed, timeout < 0 ? NULL : &time);
  if (found < 0) return found;
  int ready = 0;
  for (nfds_t i = 0; i < count; i++) {
    bool told = found > 0 && entries[i].fd >= 0;
    entries[i].revents = told ? events_of(&sets, entries[i].fd) : (short)0;
    if (entries[i].revents != 0) ready++;
  }
  return ready;
}
