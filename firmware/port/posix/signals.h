/** Ctrl-C and SIGTERM. */
#ifndef MICROSERVER_SIGNALS_H
#define MICROSERVER_SIGNALS_H

/**
 * Catches SIGINT and SIGTERM: the first writes a byte to the descriptor that is returned, the
 * second ends the program with status 130. Ignores SIGPIPE and SIGXFSZ: the calls fail instead.
 * @return a descriptor for poll(), or -1
 */
int signals_open(void);

#endif
