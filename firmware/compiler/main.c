/** Compiles a WebAssembly module ahead of time, with WAMR's compilation library. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "aot_export.h"
#include "fixed_memory.h"
#include "options.h"
#include "wasm_export.h"

static int fail(const char *what, const char *why) {
  fprintf(stderr, "aot-compiler: %s: %s\n", what, why);
  return EXIT_FAILURE;
}

/** Reads a whole file; NULL where that fails, errno then says why. */
static uint8_t *read_file(const char *path, uint32_t *size) {
  struct stat status;
  if (stat(path, &status) != 0) return NULL;
  if (status.st_size <= 0 || status.st_size > INT32_MAX) {
    errno = EINVAL;
    return NULL;
  }
  *size = (uint32_t)status.st_size;
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  uint8_t *bytes = malloc(*size);
  if (bytes != NULL && fread(bytes, 1, *size, file) != *size) {
    free(bytes);
    bytes = NULL;
  }
  fclose(file);
  return bytes;
}

int main(int argc, char *argv[]) {
  struct options options = options_parse(argc, argv);
  uint32_t size;
  uint8_t *bytes = read_file(options.in, &size);
  if (bytes == NULL) return fail(options.in, strerror(errno));

  RuntimeInitArgs runtime = {.mem_alloc_type = Alloc_With_System_Allocator};
  if (!wasm_runtime_full_init(&runtime)) return fail(options.in, "the runtime does not start");
  /* That the compiler offers none of the module's imports is no news. */
  wasm_runtime_set_log_level(WASM_LOG_LEVEL_ERROR);
  char error[128] = "";
  wasm_module_t module = wasm_runtime_load(bytes, size, error, sizeof error);
  if (module == NULL) return fail(options.in, error);
  fixed_memory_note(module);

  AOTCompOption *compilation = &options.compilation;
  aot_comp_data_t data = aot_create_comp_data(module, compilation->target_arch, false);
  if (data == NULL) return fail(options.in, aot_get_last_error());
  aot_compiler_init();
  aot_comp_context_t context = aot_create_comp_context(data, compilation);
  if (context == NULL) return fail(options.in, aot_get_last_error());
  int status = EXIT_SUCCESS;
  if (!aot_compile_wasm(context)) {
    status = fail(options.in, aot_get_last_error());
  } else if (!aot_emit_aot_file(context, data, options.out)) {
    status = fail(options.out, aot_get_last_error());
  }
  aot_destroy_comp_context(context); /* removes its temporary files */
  return status;
}
