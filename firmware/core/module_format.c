#include "module_format.h"

#include <stdio.h>
#include <string.h>

#include "target.h"
#include "wasm_export.h"

#define BUILD_FOR_HOST "npm run build -- APP --aot"

/** The head of an .aot file: magic, version, then a section that says what it is made for. */
enum {
  OFFSET_VERSION = 4,
  OFFSET_TARGET = 8,
  TARGET_INFO = 0,
  OFFSET_KIND = 20,
  KIND_IN_PLACE = 4,
  OFFSET_ARCH = 48,
  ARCH_BYTES = 16,
  HEAD_BYTES = OFFSET_ARCH + ARCH_BYTES,
};

static uint32_t read_u32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

bool module_format_is_compiled(const uint8_t *bytes, uint32_t size) {
  return wasm_runtime_get_file_package_type(bytes, size) == Wasm_Module_AoT;
}

static bool check_compiled(const uint8_t *bytes, uint32_t size, bool in_place, char *reason,
                           size_t reason_size) {
  uint32_t supported = wasm_runtime_get_current_package_version(Wasm_Module_AoT);
  if (supported == 0) {
    snprintf(reason, reason_size,
             "the module is compiled ahead of time, which this host is built without: give it the "
             ".wasm");
    return false;
  }
  if (size < HEAD_BYTES || read_u32(bytes + OFFSET_TARGET) != TARGET_INFO) {
    snprintf(reason, reason_size, "the module is cut short: " BUILD_FOR_HOST);
    return false;
  }
  uint32_t version = read_u32(bytes + OFFSET_VERSION);
  if (version != supported) {
    snprintf(reason, reason_size,
             "the module's code is of version %u, this host runs version %u: " BUILD_FOR_HOST
             ", with this host's release of microserver",
             (unsigned)version, (unsigned)supported);
    return false;
  }
  const char *arch = (const char *)bytes + OFFSET_ARCH;
  if (strncmp(arch, TARGET_ARCH, ARCH_BYTES) != 0) {
    snprintf(reason, reason_size,
             "the module is compiled for %.*s, this host is %s: " BUILD_FOR_HOST, ARCH_BYTES, arch,
             TARGET_ARCH);
    return false;
  }
  if (!in_place && bytes[OFFSET_KIND] == KIND_IN_PLACE) {
    snprintf(
        reason, reason_size,
        "the module is compiled to be executed in place, and this host copies it: " BUILD_FOR_HOST);
    return false;
  }
  return true;
}

bool module_format_check(const uint8_t *bytes, uint32_t size, bool in_place, char *reason,
                         size_t reason_size) {
  switch (wasm_runtime_get_file_package_type(bytes, size)) {
  case Wasm_Module_Bytecode:
    return true;
  case Wasm_Module_AoT:
    return check_compiled(bytes, size, in_place, reason, reason_size);
  default:
    snprintf(reason, reason_size,
             "the file is no WebAssembly module: build one with npm run build");
    return false;
  }
}
