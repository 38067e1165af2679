#include "connection.h"

#include <string.h>

void connection_init(struct connection_table *table, struct pollfd *polled,
                     struct linger_list *linger) {
  memset(table, 0, sizeof *table);
  table->polled = polled;
  table->linger = linger;
  for (int32_t i = 0; i <= CONNECTIONS_MAX; i++)
    polled[i] = (struct pollfd){.fd = -1};
}

int32_t connection_free_number(const struct connection_table *table) {
  for (int32_t i = 0; i < table->limit; i++) {
    if (table->polled[i].fd < 0) return i;
  }
  return CONNECTION_NONE;
}

bool connection_is_open(const struct connection_table *table, int32_t number) {
  return number >= 0 && number <= table->limit && table->polled[number].fd >= 0;
}

void connection_open(struct connection_table *table, int32_t number, int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  table->polled[number] = (struct pollfd){.fd = fd};
  connection_renew(table, number);
  table->open++;
}

void connection_renew(struct connection_table *table, int32_t number) {
  table->polled[number].events = POLLIN;
  table->broken[number] = false;
  table->ended[number] = false;
}

void connection_end(struct connection_table *table, int32_t number) {
  table->polled[number].events &= (short)~POLLIN;
  table->ended[number] = true;
}

int32_t connection_send(struct connection_table *table, int32_t number, const char *bytes,
                        uint32_t length) {
  if (!connection_is_open(table, number) || table->broken[number]) return ABI_LIMIT_GONE;
  struct pollfd *polled = &table->polled[number];
  ssize_t sent = send(polled->fd, bytes, length, PORT_SEND_FLAGS);
  if (sent == (ssize_t)length) return (int32_t)sent;
  if (sent < 0) {
    if (!port_socket_would_block()) {
      table->broken[number] = true;
      table->any_broken = true;
      return ABI_LIMIT_GONE;
    }
    sent = 0;
  }
  polled->events |= POLLOUT;
  return (int32_t)sent;
}

void connection_read(struct connection_table *table, int32_t number, bool on) {
  if (!connection_is_open(table, number) || table->ended[number]) return;
  if (on) {
    table->polled[number].events |= POLLIN;
  } else {
    table->polled[number].events &= (short)~POLLIN;
  }
}

void connection_close(struct connection_table *table, int32_t number, int32_t how, uint32_t now) {
  if (!connection_is_open(table, number)) return;
  int fd = table->polled[number].fd;
  table->polled[number] = (struct pollfd){.fd = -1};
  table->open--;
  if (how == ABI_CLOSE_FLUSH) {
    linger_add(table->linger, fd, now);
  } else {
    port_socket_reset(fd);
  }
}

int32_t connection_peer(const struct connection_table *table, int32_t number, char *text,
                        size_t size) {
  static const uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (!connection_is_open(table, number)) return 0;
  struct sockaddr_storage address;
  socklen_t address_size = sizeof address;
  if (getpeername(table->polled[number].fd, (struct sockaddr *)&address, &address_size) != 0) {
    return 0;
  }
  const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)&address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)&address;
  int family = address.ss_family;
  const void *ip = family == AF_INET ? (const void *)&v4->sin_addr : (const void *)&v6->sin6_addr;
  if (family == AF_INET6 && memcmp(ip, mapped, sizeof mapped) == 0) {
    family = AF_INET;
    ip = (const uint8_t *)ip + sizeof mapped;
  }
  char full[INET6_ADDRSTRLEN];
  if (inet_ntop(family, ip, full, sizeof full) == NULL) return 0;
  size_t length = strlen(full) < size ? strlen(full) : size;
  memcpy(text, full, length);
  return (int32_t)length;
}

int32_t connection_take_broken(struct connection_table *table) {
  for (int32_t i = 0; table->any_broken && i < table->limit; i++) {
    if (!table->broken[i]) continue;
    table->broken[i] = false;
    if (connection_is_open(table, i)) return i;
  }
  table->any_broken = false;
  return CONNECTION_NONE;
}
