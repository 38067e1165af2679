#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "routes.h"

static uint16_t port;
static const char *folder;

void arguments_read(int count, char **arguments, const char *version) {
  if (count == 2 && strcmp(arguments[1], "--version") == 0) {
    puts(version);
    exit(EXIT_SUCCESS);
  }
  if (count != 4) {
    fprintf(stderr, "usage: %s PORT FOLDER ROUTES\n", arguments[0]);
    exit(2);
  }
  port = (uint16_t)strtoul(arguments[1], NULL, 10);
  folder = arguments[2];
  routes_read(arguments[3]);
}

uint16_t arguments_port(void) {
  return port;
}

const char *arguments_folder(void) {
  return folder;
}
