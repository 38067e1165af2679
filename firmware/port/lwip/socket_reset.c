#include <lwip/api.h>
#include <lwip/priv/sockets_priv.h>
#include <lwip/priv/tcpip_priv.h>
#include <lwip/tcp.h>

/* The port that is built has it: on the chip that is not this folder. */
#include <port_socket.h>

struct connection_call {
  struct tcpip_api_call_data call;
  struct netconn *connection;
};

static err_t abort_connection(struct tcpip_api_call_data *call) {
  struct tcp_pcb *block = ((struct connection_call *)(void *)call)->connection->pcb.tcp;
  // lwIP would not tell the socket that a connection in TIME_WAIT is gone.
  if (block != NULL && block->state != TIME_WAIT) tcp_abort(block);
  return ERR_OK;
}

/**
 * SO_LINGER would not do: ESP-IDF leaves it out by default, and lwIP resets by it only where
 * something is still unacknowledged.
 */
void port_socket_reset(int fd) {
  struct lwip_sock *socket = lwip_socket_dbg_get_socket(fd);
  if (socket != NULL && socket->conn != NULL) {
    struct connection_call call = {.connection = socket->conn};
    tcpip_api_call(abort_connection, &call.call);
  }
  port_socket_close(fd);
}

static err_t end_connection(struct tcpip_api_call_data *call) {
  struct tcp_pcb *block = ((struct connection_call *)(void *)call)->connection->pcb.tcp;
  if (block == NULL || block->state != ESTABLISHED) return ERR_CONN;
  // Nothing is sent after it. Else lwIP, which parts the socket from a connection whose ends cross
  // when recv() returns 0, would still tell the socket of what is acknowledged, and abort.
  tcp_sent(block, NULL);
  return tcp_shutdown(block, 0, 1);
}

/**
 * Only where the peer has not ended: else lwIP would free the connection at the peer's last
 * acknowledgement without telling the socket, whose close() would then free it once more.
 */
bool port_socket_end(int fd) {
  struct lwip_sock *socket = lwip_socket_dbg_get_socket(fd);
  if (socket == NULL || socket->conn == NULL) return false;
  struct connection_call call = {.connection = socket->conn};
  return tcpip_api_call(end_connection, &call.call) == ERR_OK;
}
