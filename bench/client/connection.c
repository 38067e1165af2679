#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NANOSECONDS_PER_SECOND = 1000000000 };

uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * NANOSECONDS_PER_SECOND + (uint64_t)time.tv_nsec;
}

__attribute__((noreturn)) static void fail(const char *what, const char *why) {
  fprintf(stderr, "load: %s: %s\n", what, why);
  exit(EXIT_FAILURE);
}

static void must(bool holds, const char *what) {
  if (!holds) fail(what, strerror(errno));
}

static int connect_to(uint16_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int on = 1;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  must(fd >= 0, "socket");
  must(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
  must(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY");
  must(fcntl(fd, F_SETFL, O_NONBLOCK) == 0, "O_NONBLOCK");
  return fd;
}

static void send_on(struct connection *connection) {
  struct bytes *sending = &connection->sending;
  while (sending->size > 0) {
    ssize_t size = send(connection->polled->fd, sending->start, sending->size, MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    must(size >= 0, "send");
    sending->start += size;
    sending->size -= (size_t)size;
  }
  connection->polled->events = sending->size > 0 ? POLLIN | POLLOUT : POLLIN;
}

static void begin(struct connection *connection, enum phase phase, struct bytes bytes) {
  connection->phase = phase;
  connection->sending = bytes;
  answer_begin(&connection->answer);
  send_on(connection);
}

/** Asks for leave to send one more request. */
static bool may_ask(struct connection *connection) {
  struct run *run = connection->run;
  if (run->options->requests > 0 && run->asked == run->options->requests) return false;
  connection->began = now();
  if (connection->began >= run->end) return false;
  run->asked++;
  return true;
}

static void ask(struct connection *connection) {
  const struct run *run = connection->run;
  begin(connection, PHASE_REQUEST, run->options->request[run->asked % 2]);
}

void connection_start(struct connection *connection) {
  struct run *run = connection->run;
  if (!may_ask(connection)) {
    connection->phase = PHASE_OVER;
    return;
  }
  connection->polled->fd = connect_to(run->options->port);
  run->connects++;
  if (run->options->handshake.size > 0)
    begin(connection, PHASE_HANDSHAKE, run->options->handshake);
  else
    ask(connection);
}

/** What follows a whole answer. */
static void go_on(struct connection *connection) {
  if (connection->phase == PHASE_HANDSHAKE) {
    connection->began = now();
    ask(connection);
    return;
  }
  connection->run->last = now();
  latencies_add(&connection->run->latencies, connection->run->last - connection->began);
  if (!connection->answer.closes && may_ask(connection)) {
    ask(connection);
    return;
  }
  connection->phase = PHASE_CLOSING;
  // Where the server does not, the client closes; it then waits for the server, whose connections
  // are bounded.
  if (!connection->answer.closes) shutdown(connection->polled->fd, SHUT_WR);
}

static void closed(struct connection *connection) {
  close(connection->polled->fd);
  connection->polled->fd = -1;
  connection_start(connection);
}

static void take(struct connection *connection, bool ended) {
  const struct expected handshake = {.kind = EXPECTED_SWITCH};
  const struct expected *expected =
      connection->phase == PHASE_HANDSHAKE ? &handshake : &connection->run->options->expected;
  switch (answer_read(&connection->answer, expected, ended)) {
  case ANSWER_MORE:
    return;
  case ANSWER_WHOLE:
    go_on(connection);
    return;
  case ANSWER_WRONG:
    fail("the server gave", connection->answer.problem);
  }
}

static void receive(struct connection *connection) {
  struct answer *answer = &connection->answer;
  if (connection->phase == PHASE_CLOSING) answer->size = 0;
  ssize_t size = recv(connection->polled->fd, answer->bytes + answer->size,
                      sizeof answer->bytes - answer->size, 0);
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
  bool ended = size <= 0;
  if (connection->phase != PHASE_CLOSING) {
    must(size >= 0, "recv");
    answer->size += (size_t)size;
    take(connection, ended);
  }
  if (ended && connection->phase == PHASE_CLOSING) closed(connection);
}

void connection_serve(struct connection *connection) {
  short ready = connection->polled->revents;
  if ((ready & POLLOUT) != 0) send_on(connection);
  if ((ready & ~POLLOUT) != 0) receive(connection);
}
