#include "signals.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_INTERRUPTED = 130 };

static int write_end;

static void handle(int signal) {
  static volatile sig_atomic_t caught;
  (void)signal;
  if (caught) _exit(EXIT_INTERRUPTED);
  caught = 1;
  if (write(write_end, "", 1) != 1) _exit(EXIT_INTERRUPTED);
}

int signals_open(void) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  write_end = ends[1];
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
  sigaction(SIGXFSZ, &action, NULL);
  return ends[0];
}
