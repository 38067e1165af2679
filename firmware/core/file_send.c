#include "file_send.h"

#include <stdlib.h>

#include "file_table.h"
#include "port_file.h"
#include "port_socket.h"

/** Bytes that are read from a file at a time. */
#ifndef FILE_SEND_BUFFER
#define FILE_SEND_BUFFER 65536
#endif

/** Bytes after which it is another connection's turn. */
enum { TURN_BYTES = 64 * 1024 };

/** Sends a turn's worth through `buffer`, which has room for FILE_SEND_BUFFER bytes. */
static enum file_sent send_turn(struct file_send *job, int socket, uint8_t *buffer) {
  uint32_t turn = 0;
  while (job->left > 0) {
    if (turn >= TURN_BYTES) return FILE_SENT_PART;
    uint32_t wanted = job->left < FILE_SEND_BUFFER ? job->left : FILE_SEND_BUFFER;
    int32_t length = port_file_read(job->file, job->offset, buffer, wanted);
    if (length <= 0) return FILE_SENT_CUT;
    bool last = job->left == (uint32_t)length;
    ssize_t sent = send(socket, buffer, (size_t)length, PORT_SEND_FLAGS | (last ? 0 : MSG_MORE));
    if (sent < 0) return port_socket_would_block() ? FILE_SENT_PART : FILE_SENT_BROKEN;
    job->offset += (uint32_t)sent;
    job->left -= (uint32_t)sent;
    turn += (uint32_t)sent;
    if (sent < length) return FILE_SENT_PART;
  }
  return FILE_SENT_ALL;
}

enum file_sent file_send_go(struct file_send *job, int socket) {
  uint8_t *buffer = malloc(FILE_SEND_BUFFER);
  if (buffer == NULL) return FILE_SENT_CUT;
  enum file_sent sent = send_turn(job, socket, buffer);
  free(buffer);
  return sent;
}

void file_send_stop(struct file_send *job) {
  if (job->file != FILE_NONE) port_file_close(job->file);
  *job = (struct file_send){.file = FILE_NONE};
}
