#include "board_control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi.h"
#include "board_options.h"
#include "log.h"
#include "port_device.h"

enum { FIFO_MODE = 0600, LINE_MAX_BYTES = 512 };

static int fifo = -1;
/** What to remove at the end, or NULL. */
static const char *made;
static char line[LINE_MAX_BYTES + 1];
static size_t length;

/** Returns NULL, or what is wrong. */
static const char *open_fifo(const char *path) {
  struct stat status;
  if (mkfifo(path, FIFO_MODE) == 0)
    made = path;
  else if (errno != EEXIST)
    return strerror(errno);
  /* With an end to write of our own it does not end when a writer leaves. */
  fifo = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fifo < 0) return strerror(errno);
  bool is_fifo = fstat(fifo, &status) == 0 && S_ISFIFO(status.st_mode);
  return is_fifo ? NULL : "there is a file that is no FIFO";
}

int board_control_open(const char *path, char *reason, size_t reason_size) {
  const char *error = open_fifo(path);
  if (error == NULL) return fifo;
  snprintf(reason, reason_size, "cannot use --control %s: %s", path, error);
  return -1;
}

void board_control_close(void) {
  if (made != NULL) unlink(made);
}

static void apply_line(void) {
  line[length] = '\0';
  length = 0;
  if (line[0] == '\0' || board_options_apply(line)) return;
  log_write(ABI_LEVEL_WARN, "--control takes lines like pin0=low,adc34=1200, not '%s'", line);
}

void port_device_wake(void) {
  char bytes[LINE_MAX_BYTES];
  ssize_t count = read(fifo, bytes, sizeof bytes);
  for (ssize_t i = 0; i < count; i++) {
    if (bytes[i] == '\n')
      apply_line();
    else if (length < LINE_MAX_BYTES)
      line[length++] = bytes[i];
  }
}
