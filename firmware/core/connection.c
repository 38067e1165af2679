#include "connection.h"

#include <string.h>

#include "file_table.h"
#include "log.h"

void connection_init(struct connection_table *table, struct pollfd *polled,
                     struct linger_list *linger) {
  memset(table, 0, sizeof *table);
  table->polled = polled;
  table->linger = linger;
  for (int32_t i = 0; i <= CONNECTIONS_MAX; i++) {
    polled[i] = (struct pollfd){.fd = -1};
    table->files[i].file = FILE_NONE;
  }
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

static int32_t set_broken(struct connection_table *table, int32_t number) {
  table->broken[number] = true;
  table->any_broken = true;
  return ABI_LIMIT_GONE;
}

int32_t connection_send(struct connection_table *table, int32_t number, const char *bytes,
                        uint32_t length) {
  if (!connection_is_open(table, number) || table->broken[number]) return ABI_LIMIT_GONE;
  if (connection_has_file(table, number)) return 0;
  struct pollfd *polled = &table->polled[number];
  ssize_t sent = send(polled->fd, bytes, length, PORT_SEND_FLAGS);
  if (sent == (ssize_t)length) return (int32_t)sent;
  if (sent < 0) {
    if (!port_socket_would_block()) return set_broken(table, number);
    sent = 0;
  }
  polled->events |= POLLOUT;
  return (int32_t)sent;
}

static void log_cut(const struct connection_table *table, int32_t number) {
  char peer[INET6_ADDRSTRLEN];
  int32_t length = connection_peer(table, number, peer, sizeof peer);
  log_write(
      ABI_LEVEL_WARN,
      "a file that %.*s is sent has become shorter, or cannot be read, with %u bytes to go: the "
      "connection is reset",
      (int)length, peer, (unsigned)table->files[number].left);
}

int32_t connection_send_file(struct connection_table *table, int32_t number, struct file_send job) {
  bool gone = !connection_is_open(table, number) || table->broken[number];
  if (gone || connection_has_file(table, number)) {
    file_send_stop(&job);
    return gone ? (int32_t)ABI_LIMIT_GONE : (int32_t)ABI_FILE_ERROR_BUSY;
  }
  table->files[number] = job;
  if (connection_go_on(table, number)) return 1;
  return table->broken[number] ? ABI_LIMIT_GONE : 0;
}

bool connection_go_on(struct connection_table *table, int32_t number) {
  enum file_sent sent = file_send_go(&table->files[number], table->polled[number].fd);
  if (sent == FILE_SENT_PART) {
    table->polled[number].events |= POLLOUT;
    return false;
  }
  if (sent == FILE_SENT_CUT) log_cut(table, number);
  if (sent != FILE_SENT_ALL) {
    set_broken(table, number);
    return false;
  }
  file_send_stop(&table->files[number]);
  return true;
}

uint32_t connection_file_unsent(const struct connection_table *table, int32_t number) {
  return connection_is_open(table, number) ? table->files[number].left : 0;
}

bool connection_has_file(const struct connection_table *table, int32_t number) {
  return table->files[number].file != FILE_NONE;
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
  bool whole = !connection_has_file(table, number);
  file_send_stop(&table->files[number]);
  if (how == ABI_CLOSE_FLUSH && whole && table->ended[number]) {
    // Nothing is left to drain; and lwIP forgets a half-closed socket whose last end is
    // acknowledged.
    port_socket_close(fd);
  } else if (how == ABI_CLOSE_FLUSH && whole) {
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
