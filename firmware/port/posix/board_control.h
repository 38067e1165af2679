/** A FIFO that the simulated board is driven by while it runs: lines as `--board` takes them. */
#ifndef MICROSERVER_BOARD_CONTROL_H
#define MICROSERVER_BOARD_CONTROL_H

#include <stddef.h>

/**
 * Opens the FIFO, and makes it where the path is free.
 * @return what poll() wakes with a line, or -1 with the reason
 */
int board_control_open(const char *path, char *reason, size_t reason_size);

/** Removes it where it was made. */
void board_control_close(void);

#endif
