/** The command line: those flags of WAMR's `wamrc` that the build uses, so that either can be run.
 */
#ifndef MICROSERVER_COMPILER_OPTIONS_H
#define MICROSERVER_COMPILER_OPTIONS_H

#include "aot_export.h"

struct options {
  const char *in;
  const char *out;
  AOTCompOption compilation;
};

/** Reads the command line. Ends the program with status 2 for what it does not understand. */
struct options options_parse(int argc, char *argv[]);

#endif
