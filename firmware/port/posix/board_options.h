/** The text that sets the simulated board up, as `--board` takes it. */
#ifndef MICROSERVER_BOARD_OPTIONS_H
#define MICROSERVER_BOARD_OPTIONS_H

#include <stdbool.h>

/**
 * Applies a text such as `temperature=21.5,adc34=1200,pin0=high,pin6=denied` to the board.
 * @return false where it is wrong
 */
bool board_options_apply(const char *text);

#endif
