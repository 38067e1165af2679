#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2, PORT_MAX = 65535 };

static const double NANOSECONDS_PER_SECOND = 1e9;

static const char usage[] =
    "usage: load --port N --connections N (--requests N | --seconds S) --request FILE\n"
    "            [--other FILE] (--content FILE | --handshake FILE --answer FILE)\n"
    "\n"
    "  --port N         port of 127.0.0.1 that the server listens on\n"
    "  --connections N  connections that ask at the same time, 1 to 64\n"
    "  --requests N     how many requests to send in all\n"
    "  --seconds S      or how long to send them\n"
    "  --request FILE   the request's bytes\n"
    "  --other FILE     another one, to be sent in turns with it\n"
    "  --content FILE   the content that each answer must have\n"
    "  --handshake FILE what makes a WebSocket of each connection\n"
    "  --answer FILE    the bytes that each request must be answered on a WebSocket\n"
    "\n"
    "Writes requests, seconds, connects and latencies (in microseconds) as JSON.\n";

__attribute__((noreturn)) static void fail(const char *what, const char *argument) {
  fprintf(stderr, "load: %s%s; see load --help\n", what, argument);
  exit(EXIT_USAGE);
}

static double number(const char *name, const char *text, double min, double max) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !(value >= min && value <= max)) fail("a wrong ", name);
  return value;
}

static struct bytes read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  uint8_t *start = malloc(ANSWER_MAX);
  if (file == NULL || start == NULL) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  struct bytes bytes = {.start = start, .size = fread(start, 1, ANSWER_MAX, file)};
  if (ferror(file) || !feof(file)) fail("cannot be read as a whole: ", path);
  fclose(file);
  return bytes;
}

static void apply(struct options *options, const char *name, const char *value) {
  if (strcmp(name, "port") == 0) {
    options->port = (uint16_t)number(name, value, 1, PORT_MAX);
  } else if (strcmp(name, "connections") == 0) {
    options->connections = (size_t)number(name, value, 1, CONNECTIONS_MAX);
  } else if (strcmp(name, "requests") == 0) {
    options->requests = (uint64_t)number(name, value, 1, 1e12);
  } else if (strcmp(name, "seconds") == 0) {
    options->nanoseconds = (uint64_t)(number(name, value, 1e-3, 1e6) * NANOSECONDS_PER_SECOND);
  } else if (strcmp(name, "request") == 0) {
    options->request[0] = read_file(value);
  } else if (strcmp(name, "other") == 0) {
    options->request[1] = read_file(value);
  } else if (strcmp(name, "content") == 0) {
    options->expected = (struct expected){EXPECTED_CONTENT, read_file(value)};
  } else if (strcmp(name, "handshake") == 0) {
    options->handshake = read_file(value);
  } else if (strcmp(name, "answer") == 0) {
    options->expected = (struct expected){EXPECTED_BYTES, read_file(value)};
  } else {
    fputs(usage, stdout);
    exit(EXIT_SUCCESS);
  }
}

struct options options_read(int count, char **arguments) {
  static const struct option known[] = {
      {"port", required_argument, NULL, 0},
      {"connections", required_argument, NULL, 0},
      {"requests", required_argument, NULL, 0},
      {"seconds", required_argument, NULL, 0},
      {"request", required_argument, NULL, 0},
      {"other", required_argument, NULL, 0},
      {"content", required_argument, NULL, 0},
      {"handshake", required_argument, NULL, 0},
      {"answer", required_argument, NULL, 0},
      {"help", no_argument, NULL, 0},
      {NULL, 0, NULL, 0},
  };
  struct options options = {.connections = 1};
  int index = 0;
  int code;
  while ((code = getopt_long(count, arguments, "", known, &index)) != -1) {
    if (code != 0) fail("a wrong option", "");
    apply(&options, known[index].name, optarg);
  }
  if (optind < count) fail("what is ", arguments[optind]);
  if (options.port == 0) fail("--port", " is missing");
  if (options.request[0].size == 0) fail("--request", " is missing");
  if ((options.requests == 0) == (options.nanoseconds == 0)) fail("--requests", " or --seconds");
  if (options.expected.bytes.start == NULL) fail("--content", " or --answer is missing");
  if (options.request[1].size == 0) options.request[1] = options.request[0];
  return options;
}
