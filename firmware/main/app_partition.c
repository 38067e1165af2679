#include "app_partition.h"

#include <esp_partition.h>
#include <sdkconfig.h>

#include "app_header.h"

/* Code is run where it is mapped; everything else is only read. */
#if CONFIG_MICROSERVER_AOT && CONFIG_IDF_TARGET_ARCH_RISCV
enum { EXECUTABLE = true };
#else
enum { EXECUTABLE = false };
#endif

static struct app_module none(const char *reason) {
  return (struct app_module){.bytes = NULL, .reason = reason};
}

struct app_module app_partition_map(void) {
  const esp_partition_t *partition =
      esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, "app-wasm");
  if (partition == NULL) return none("the partition table has no app-wasm: see partitions.csv");
  const void *bytes;
  esp_partition_mmap_handle_t handle;
  esp_partition_mmap_memory_t memory =
      EXECUTABLE ? ESP_PARTITION_MMAP_INST : ESP_PARTITION_MMAP_DATA;
  if (esp_partition_mmap(partition, 0, partition->size, memory, &bytes, &handle) != ESP_OK) {
    return none("the partition app-wasm cannot be mapped");
  }
  struct app_module module = {.bytes = (const uint8_t *)bytes + APP_HEADER_SIZE,
                              .executable = EXECUTABLE};
  switch (app_header_check(bytes, partition->size, &module.size)) {
  case APP_HEADER_OK:
    return module;
  case APP_HEADER_EMPTY:
    return none("there is no app in flash: idf.py app-wasm-flash");
  case APP_HEADER_DAMAGED:
    return none("the app in flash is damaged: idf.py app-wasm-flash");
  default:
    return none("what is in the app's partition is no app: idf.py app-wasm-flash");
  }
}
