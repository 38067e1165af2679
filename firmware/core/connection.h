/** The connections that the guest knows, by number. */
#ifndef MICROSERVER_CONNECTION_H
#define MICROSERVER_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"
#include "file_send.h"
#include "linger.h"

/** Connections that this host can hold. */
#ifndef CONNECTIONS_MAX
#define CONNECTIONS_MAX ABI_LIMIT_CONNECTIONS
#endif

/** Stands for "no connection" where a number is expected. */
#define CONNECTION_NONE (-1)

struct connection_table {
  /** One for each number, and one more for a connection that is refused; fd is -1 where free. */
  struct pollfd *polled;
  struct linger_list *linger;
  /** Numbers 0 to that minus 1 are served. */
  int32_t limit;
  /** How many are open. */
  int32_t open;
  /** A send failed on one of them: connection_take_broken() tells which. */
  bool any_broken;
  bool broken[CONNECTIONS_MAX + 1];
  /** The peer has sent its FIN. */
  bool ended[CONNECTIONS_MAX + 1];
  /** The file that is sent on it, if there is one. */
  struct file_send files[CONNECTIONS_MAX + 1];
};

/** `polled` is where poll() finds the sockets: CONNECTIONS_MAX + 1 entries. */
void connection_init(struct connection_table *table, struct pollfd *polled,
                     struct linger_list *linger);

/** A number that is free, or CONNECTION_NONE. */
int32_t connection_free_number(const struct connection_table *table);

bool connection_is_open(const struct connection_table *table, int32_t number);

/** Takes over a non-blocking socket under a free number, and reads from it. */
void connection_open(struct connection_table *table, int32_t number, int fd);

/** Starts over with an open connection as if it were new; the peer's end will be found out again.
 */
void connection_renew(struct connection_table *table, int32_t number);

/** Notes the peer's FIN: there is nothing more to read. */
void connection_end(struct connection_table *table, int32_t number);

/** Sends; what abi_send() says. While a file is sent nothing is accepted. */
int32_t connection_send(struct connection_table *table, int32_t number, const char *bytes,
                        uint32_t length);

/** Sends from a file, which is the connection's then; what abi_send_file() says. */
int32_t connection_send_file(struct connection_table *table, int32_t number, struct file_send job);

/**
 * Goes on with the file of a connection that takes more.
 * @return false while there is more to do, and where the connection broke
 */
bool connection_go_on(struct connection_table *table, int32_t number);

/** Bytes of a file that are still to be sent on a connection; 0 where none is sent. */
uint32_t connection_file_unsent(const struct connection_table *table, int32_t number);

/** Whether a file is sent on a connection. */
bool connection_has_file(const struct connection_table *table, int32_t number);

/** Stops or resumes reading. */
void connection_read(struct connection_table *table, int32_t number, bool on);

/**
 * Ends a connection, if it is open: `how` is one of enum abi_close. A file that is not sent to its
 * end makes it a reset, so that nobody takes a part for the whole.
 */
void connection_close(struct connection_table *table, int32_t number, int32_t how, uint32_t now);

/** Writes the peer's address, cut at `size`, and returns its length; 0 where it is unknown. */
int32_t connection_peer(const struct connection_table *table, int32_t number, char *text,
                        size_t size);

/** An open connection on which a send failed, or CONNECTION_NONE. */
int32_t connection_take_broken(struct connection_table *table);

#endif
