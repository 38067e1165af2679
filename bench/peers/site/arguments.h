/** The command line of each server: `PORT FOLDER ROUTES`, or `--version`. */

#ifndef BENCH_ARGUMENTS_H
#define BENCH_ARGUMENTS_H

#include <stdint.h>

/** Reads it, and the table of routes. Ends the program where it is wrong, or asks for `version`. */
void arguments_read(int count, char **arguments, const char *version);

uint16_t arguments_port(void);

/** The folder of static files. */
const char *arguments_folder(void);

#endif
