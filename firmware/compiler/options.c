#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2, LEVEL_MAX = 3 };

enum flag {
  FLAG_OUT = 'o',
  FLAG_TARGET,
  FLAG_ABI,
  FLAG_CPU,
  FLAG_FEATURES,
  FLAG_SIZE_LEVEL,
  FLAG_OPT_LEVEL,
  FLAG_BOUNDS,
  FLAG_STACK_BOUNDS,
  FLAG_INDIRECT,
  FLAG_NO_INTRINSICS,
  FLAG_INTRINSICS,
  FLAG_OFF_ANYWAY,
};

static const struct option flags[] = {
    {"target", required_argument, NULL, FLAG_TARGET},
    {"target-abi", required_argument, NULL, FLAG_ABI},
    {"cpu", required_argument, NULL, FLAG_CPU},
    {"cpu-features", required_argument, NULL, FLAG_FEATURES},
    {"size-level", required_argument, NULL, FLAG_SIZE_LEVEL},
    {"opt-level", required_argument, NULL, FLAG_OPT_LEVEL},
    {"bounds-checks", required_argument, NULL, FLAG_BOUNDS},
    {"stack-bounds-checks", required_argument, NULL, FLAG_STACK_BOUNDS},
    {"enable-indirect-mode", no_argument, NULL, FLAG_INDIRECT},
    {"disable-llvm-intrinsics", no_argument, NULL, FLAG_NO_INTRINSICS},
    {"enable-builtin-intrinsics", required_argument, NULL, FLAG_INTRINSICS},
    {"disable-simd", no_argument, NULL, FLAG_OFF_ANYWAY},
    {"disable-ref-types", no_argument, NULL, FLAG_OFF_ANYWAY},
    {"disable-aux-stack-check", no_argument, NULL, FLAG_OFF_ANYWAY},
    {NULL, 0, NULL, 0},
};

__attribute__((noreturn)) static void fail(const char *what, const char *argument) {
  fprintf(stderr, "aot-compiler: %s%s\n", what, argument);
  exit(EXIT_USAGE);
}

static uint32_t parse_level(const char *text, uint32_t max) {
  char *end;
  unsigned long level = strtoul(text, &end, 10);
  if (end == text || *end != '\0' || level > max) fail("not a level: ", text);
  return (uint32_t)level;
}

static void apply(struct options *options, enum flag flag, char *value) {
  AOTCompOption *compilation = &options->compilation;
  switch (flag) {
  case FLAG_OUT:
    options->out = value;
    break;
  case FLAG_TARGET:
    compilation->target_arch = value;
    break;
  case FLAG_ABI:
    compilation->target_abi = value;
    break;
  case FLAG_CPU:
    compilation->target_cpu = value;
    break;
  case FLAG_FEATURES:
    compilation->cpu_features = value;
    break;
  case FLAG_SIZE_LEVEL:
    compilation->size_level = parse_level(value, LEVEL_MAX);
    break;
  case FLAG_OPT_LEVEL:
    compilation->opt_level = parse_level(value, LEVEL_MAX);
    break;
  case FLAG_BOUNDS:
    compilation->bounds_checks = parse_level(value, 1);
    break;
  case FLAG_STACK_BOUNDS:
    compilation->stack_bounds_checks = parse_level(value, 1);
    break;
  case FLAG_INDIRECT:
    compilation->is_indirect_mode = true;
    break;
  case FLAG_NO_INTRINSICS:
    compilation->disable_llvm_intrinsics = true;
    break;
  case FLAG_INTRINSICS:
    compilation->builtin_intrinsics = value;
    break;
  case FLAG_OFF_ANYWAY:
    break;
  }
}

struct options options_parse(int argc, char *argv[]) {
  struct options options = {
      .compilation = {.opt_level = LEVEL_MAX,
                      .size_level = LEVEL_MAX,
                      .output_format = AOT_FORMAT_FILE,
                      .bounds_checks = 1,
                      .stack_bounds_checks = 1,
                      .enable_bulk_memory = true,
                      .enable_bulk_memory_opt = true},
  };
  opterr = 0;
  for (;;) {
    int flag = getopt_long(argc, argv, ":o:", flags, NULL);
    if (flag == -1) break;
    if (flag == ':') fail("a value is missing after ", argv[optind - 1]);
    if (flag == '?') fail("unknown flag ", argv[optind - 1]);
    apply(&options, (enum flag)flag, optarg);
  }
  if (optind != argc - 1 || options.out == NULL)
    fail("usage: aot-compiler [FLAGS] -o OUT.aot IN.wasm", "");
  options.in = argv[optind];
  return options;
}
