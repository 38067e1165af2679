/** A file on its way into a socket. */
#ifndef MICROSERVER_FILE_SEND_H
#define MICROSERVER_FILE_SEND_H

#include <stdint.h>

struct file_send {
  /** The port's file; FILE_NONE where none is sent. */
  int file;
  /** Where the rest begins in it, and its length in bytes. */
  uint32_t offset;
  uint32_t left;
};

enum file_sent {
  /** All of it is sent. */
  FILE_SENT_ALL,
  /** There is more to do once the socket takes more. */
  FILE_SENT_PART,
  /** The file is shorter than it should be, or cannot be read, or there is no memory to do so. */
  FILE_SENT_CUT,
  /** The socket is broken. */
  FILE_SENT_BROKEN,
};

/** Sends as much as the socket takes, and no more than others can wait for. */
enum file_sent file_send_go(struct file_send *job, int socket);

/** Closes the file, if there is one. */
void file_send_stop(struct file_send *job);

#endif
