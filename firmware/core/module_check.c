#include "module_check.h"

#include <stdio.h>
#include <string.h>

#define BUILD_AGAIN "build the app again with this host's release of microserver"

/** Bits of enum abi_feature that this host has. */
enum { FEATURES = ABI_FEATURE_HTTP, PARAMETERS_MAX = 8 };

struct export_type {
  const char *name;
  uint32_t parameters;
  uint32_t results;
};

static const struct export_type export_types[ABI_EXPORT_COUNT] = {
#define EXPORT_TYPE(index, name, parameters, results) [index] = {name, parameters, results},
    ABI_EXPORTS(EXPORT_TYPE)
#undef EXPORT_TYPE
};

bool module_check_imports(wasm_module_t module, char *reason, size_t size) {
  int32_t count = wasm_runtime_get_import_count(module);
  for (int32_t i = 0; i < count; i++) {
    wasm_import_t import;
    memset(&import, 0, sizeof import);
    wasm_runtime_get_import_type(module, i, &import);
    if (import.kind == WASM_IMPORT_EXPORT_KIND_FUNC && import.linked) continue;
    snprintf(reason, size,
             "the module imports %s.%s, which this host does not offer%s: " BUILD_AGAIN,
             import.module_name, import.name,
             import.kind == WASM_IMPORT_EXPORT_KIND_FUNC ? " with that type" : "");
    return false;
  }
  return true;
}

static bool read_global(wasm_module_inst_t instance, const char *name, uint32_t *value,
                        char *reason, size_t size) {
  wasm_global_inst_t global;
  if (!wasm_runtime_get_export_global_inst(instance, name, &global)) {
    snprintf(reason, size, "the module has no global %s: it is no microserver app", name);
    return false;
  }
  if (global.kind != WASM_I32 || global.is_mutable) {
    snprintf(reason, size, "the module's global %s must be an immutable i32", name);
    return false;
  }
  memcpy(value, global.global_data, sizeof *value);
  return true;
}

bool module_check_globals(wasm_module_inst_t instance, uint32_t *window, char *reason,
                          size_t size) {
  uint32_t version;
  uint32_t features;
  if (!read_global(instance, "abi_version", &version, reason, size)) return false;
  if (version != ABI_VERSION) {
    snprintf(reason, size, "the module is made for ABI version %u, this host has %u: " BUILD_AGAIN,
             (unsigned)version, (unsigned)ABI_VERSION);
    return false;
  }
  if (!read_global(instance, "abi_features", &features, reason, size)) return false;
  if ((features & ~(uint32_t)FEATURES) != 0) {
    snprintf(reason, size, "the module needs features 0x%x that this host lacks: use a newer host",
             (unsigned)(features & ~(uint32_t)FEATURES));
    return false;
  }
  if (!read_global(instance, "window", window, reason, size)) return false;
  if (*window % sizeof(uint32_t) != 0 ||
      !wasm_runtime_validate_app_addr(instance, *window, sizeof(struct abi_window))) {
    snprintf(reason, size, "the module's global window is no aligned address in its memory");
    return false;
  }
  return true;
}

static bool has_type(wasm_module_inst_t instance, wasm_function_inst_t function,
                     const struct export_type *type) {
  if (wasm_func_get_param_count(function, instance) != type->parameters) return false;
  if (wasm_func_get_result_count(function, instance) != type->results) return false;
  wasm_valkind_t kinds[PARAMETERS_MAX];
  wasm_func_get_param_types(function, instance, kinds);
  for (uint32_t i = 0; i < type->parameters; i++) {
    if (kinds[i] != WASM_I32) return false;
  }
  wasm_func_get_result_types(function, instance, kinds);
  return type->results == 0 || kinds[0] == WASM_I32;
}

bool module_check_exports(wasm_module_inst_t instance, wasm_function_inst_t *exports, char *reason,
                          size_t size) {
  for (uint32_t i = 0; i < ABI_EXPORT_COUNT; i++) {
    const struct export_type *type = &export_types[i];
    exports[i] = wasm_runtime_lookup_function(instance, type->name);
    if (exports[i] != NULL && has_type(instance, exports[i], type)) continue;
    snprintf(reason, size, "the module's export %s %s: " BUILD_AGAIN, type->name,
             exports[i] == NULL ? "is missing" : "has another type than the ABI says");
    return false;
  }
  return true;
}
