#include "linger.h"

#include <string.h>

#include "clock.h"

enum { SCRATCH_BYTES = 1024 };

void linger_init(struct linger_list *list, struct pollfd *polled) {
  memset(list, 0, sizeof *list);
  list->polled = polled;
  for (uint32_t i = 0; i < LINGER_MAX; i++)
    polled[i] = (struct pollfd){.fd = -1};
}

static void forget(struct linger_list *list, uint32_t index) {
  port_socket_close(list->polled[index].fd);
  list->count--;
  for (uint32_t i = index; i < list->count; i++) {
    list->polled[i] = list->polled[i + 1];
    list->deadline[i] = list->deadline[i + 1];
    list->dropped[i] = list->dropped[i + 1];
  }
  list->polled[list->count] = (struct pollfd){.fd = -1};
}

/** Drops what has come. Returns false when there is no more to wait for. */
static bool drain(struct linger_list *list, uint32_t index) {
  char scratch[SCRATCH_BYTES];
  while (list->dropped[index] < LINGER_BYTES) {
    ssize_t length = recv(list->polled[index].fd, scratch, sizeof scratch, 0);
    if (length < 0) return port_socket_would_block();
    if (length == 0) return false;
    list->dropped[index] += (uint32_t)length;
  }
  return false;
}

void linger_add(struct linger_list *list, int fd, uint32_t now) {
  if (!port_socket_end(fd)) {
    port_socket_close(fd);
    return;
  }
  if (list->count == LINGER_MAX) forget(list, 0);
  uint32_t index = list->count++;
  list->polled[index] = (struct pollfd){.fd = fd, .events = POLLIN};
  list->deadline[index] = now + LINGER_MS;
  list->dropped[index] = 0;
  if (!drain(list, index)) forget(list, index);
}

void linger_serve(struct linger_list *list, uint32_t now) {
  for (uint32_t i = list->count; i-- > 0;) {
    bool over = clock_until(now, list->deadline[i]) == 0;
    if (over || (list->polled[i].revents != 0 && !drain(list, i))) forget(list, i);
  }
}

bool linger_drop_oldest(struct linger_list *list) {
  if (list->count == 0) return false;
  forget(list, 0);
  return true;
}
