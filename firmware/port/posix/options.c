#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "board_options.h"
#include "network.h"

enum {
  EXIT_USAGE = 2,
  PORT_MAX = 65535,
  FUEL_DEFAULT = 1000000,
  POOL_DEFAULT_KB = 1024,
  POOL_MIN_KB = 16,
  POOL_MAX_KB = 1024 * 1024,
  BYTES_PER_KB = 1024,
  WATCHDOG_DEFAULT_SECONDS = 10,
  WATCHDOG_MAX_SECONDS = 3600,
};

static const char usage[] =
    "usage: microserver APP.wasm|APP.aot [options]\n"
    "\n"
    "  --port N        port to listen on, 0 for a free one (default: the app's, or 8080)\n"
    "  --host ADDRESS  address to listen on (default: %s)\n"
    "  --root DIR      directory of the app's files (default: it has none)\n"
    "  --storage FILE  file of what the app keeps (default: in memory until it ends)\n"
    "  --board TEXT    the simulated board: temperature=21.5|none|denied,adc34=1200 (mV),\n"
    "                  pin0=high|low|denied,storage=none|denied,freeHeap=BYTES,\n"
    "                  largestBlock=BYTES\n"
    "  --control FIFO  takes such texts while it runs, a line each; made where it is absent\n"
    "  --max-conns N   connections that the app may serve at most (default: 128)\n"
    "  --fuel N        loop rounds and calls that app code may spend on one event\n"
    "                  (default: 1000000)\n"
    "  --pool KB       memory of the WebAssembly runtime (default: 1024)\n"
    "  --watchdog S    seconds of computing after which a round of the event loop hangs, and the\n"
    "                  program ends with status 3; 0: it may take for ever (default: 10)\n"
    "  --in-place      execute compiled code in the file itself, for modules built for that\n"
    "  --routes        print the route table\n"
    "  --help          print this text\n"
    "  --version       print the version\n";

__attribute__((noreturn)) static void fail(const char *what, const char *argument) {
  fprintf(stderr, "microserver: %s%s; see microserver --help\n", what, argument);
  exit(EXIT_USAGE);
}

static long parse_number(const char *name, const char *text, long min, long max) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno == 0 && end != text && *end == '\0' && value >= min && value <= max) return value;
  fprintf(stderr, "microserver: --%s must be a number from %ld to %ld, not %s\n", name, min, max,
          text);
  exit(EXIT_USAGE);
}

static void check_directory(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) return;
  fprintf(stderr, "microserver: --root %s is no directory\n", path);
  exit(EXIT_USAGE);
}

static void apply_board(const char *text) {
  if (board_options_apply(text)) return;
  fprintf(
      stderr,
      "microserver: --board takes temperature=21.5,adc34=1200,pin0=high and the like, not '%s'; "
      "see microserver --help\n",
      text);
  exit(EXIT_USAGE);
}

static void print_version(void) {
  uint32_t major;
  uint32_t minor;
  uint32_t patch;
  wasm_runtime_get_version(&major, &minor, &patch);
  printf("microserver %s (ABI %d, WAMR %u.%u.%u)\n", MICROSERVER_VERSION, ABI_VERSION,
         (unsigned)major, (unsigned)minor, (unsigned)patch);
}

static void apply(struct options *options, const char *name, const char *value) {
  if (strcmp(name, "port") == 0) {
    options->server.port = (int32_t)parse_number(name, value, 0, PORT_MAX);
  } else if (strcmp(name, "host") == 0) {
    options->server.host = value;
  } else if (strcmp(name, "root") == 0) {
    check_directory(value);
    options->root = value;
  } else if (strcmp(name, "storage") == 0) {
    options->storage = value;
  } else if (strcmp(name, "board") == 0) {
    apply_board(value);
  } else if (strcmp(name, "control") == 0) {
    options->control = value;
  } else if (strcmp(name, "max-conns") == 0) {
    options->server.max_conns = (uint32_t)parse_number(name, value, 1, CONNECTIONS_MAX);
  } else if (strcmp(name, "fuel") == 0) {
    options->server.fuel = (uint32_t)parse_number(name, value, 1, INT32_MAX);
  } else if (strcmp(name, "pool") == 0) {
    long kilobytes = parse_number(name, value, POOL_MIN_KB, POOL_MAX_KB);
    options->pool_size = (uint32_t)kilobytes * BYTES_PER_KB;
  } else if (strcmp(name, "watchdog") == 0) {
    options->watchdog_seconds = (uint32_t)parse_number(name, value, 0, WATCHDOG_MAX_SECONDS);
  } else if (strcmp(name, "in-place") == 0) {
    options->server.in_place = true;
  } else if (strcmp(name, "routes") == 0) {
    options->routes = true;
  } else {
    if (strcmp(name, "help") == 0) {
      printf(usage, network_default_host);
    } else {
      print_version();
    }
    exit(EXIT_SUCCESS);
  }
}

struct options options_parse(int argc, char *argv[]) {
  static const struct option flags[] = {
      {"port", required_argument, NULL, 0},
      {"host", required_argument, NULL, 0},
      {"root", required_argument, NULL, 0},
      {"storage", required_argument, NULL, 0},
      {"board", required_argument, NULL, 0},
      {"control", required_argument, NULL, 0},
      {"max-conns", required_argument, NULL, 0},
      {"fuel", required_argument, NULL, 0},
      {"pool", required_argument, NULL, 0},
      {"watchdog", required_argument, NULL, 0},
      {"in-place", no_argument, NULL, 0},
      {"routes", no_argument, NULL, 0},
      {"help", no_argument, NULL, 0},
      {"version", no_argument, NULL, 0},
      {NULL, 0, NULL, 0},
  };
  struct options options = {
      .server = {.port = SERVER_PORT_OF_APP,
                 .max_conns = CONNECTIONS_MAX,
                 .fuel = FUEL_DEFAULT,
                 .stop_fd = -1,
                 .wake_fd = -1},
      .pool_size = POOL_DEFAULT_KB * BYTES_PER_KB,
      .watchdog_seconds = WATCHDOG_DEFAULT_SECONDS,
  };
  opterr = 0;
  for (;;) {
    int index;
    int result = getopt_long(argc, argv, ":", flags, &index);
    if (result == -1) break;
    if (result == ':') fail("a value is missing after ", argv[optind - 1]);
    if (result != 0) fail("unknown flag ", argv[optind - 1]);
    apply(&options, flags[index].name, optarg);
  }
  if (optind == argc) fail("no module is named", "");
  if (optind < argc - 1) fail("more than one module is named: ", argv[optind + 1]);
  options.module = argv[optind];
  return options;
}
