#include "module_sections.h"

#include <stddef.h>
#include <string.h>

enum { HEAD_BYTES = 8, CUSTOM = 0, DATA = 11, DATA_COUNT = 12 };

/** LEB128: seven bits a byte, up to five bytes. */
enum { GROUP_BITS = 7, LAST_SHIFT = 28, LAST_MAX = 0x0f, MORE = 0x80 };

struct reader {
  const uint8_t *at;
  const uint8_t *end;
};

static bool read_unsigned(struct reader *reader, uint32_t *value) {
  *value = 0;
  for (unsigned shift = 0; shift <= LAST_SHIFT && reader->at < reader->end; shift += GROUP_BITS) {
    uint8_t byte = *reader->at++;
    if (shift == LAST_SHIFT && byte > LAST_MAX) return false;
    *value |= (uint32_t)(byte & (MORE - 1)) << shift;
    if ((byte & MORE) == 0) return true;
  }
  return false;
}

/** Sections come by number, but the data count before the code, which is number 10. */
static int rank_of(int type) {
  if (type == DATA_COUNT) return 2 * DATA - 3;
  return 2 * type;
}

bool module_sections_list(wasm_section_t sections[MODULE_SECTIONS_MAX], const uint8_t *module,
                          uint32_t size) {
  static const uint8_t head[HEAD_BYTES] = {0, 'a', 's', 'm', 1};
  if (size < HEAD_BYTES || memcmp(module, head, HEAD_BYTES) != 0) return false;
  struct reader reader = {.at = module + HEAD_BYTES, .end = module + size};
  wasm_section_t *last = NULL;
  while (reader.at < reader.end) {
    int type = *reader.at++;
    uint32_t length;
    if (!read_unsigned(&reader, &length) || length > (size_t)(reader.end - reader.at)) return false;
    const uint8_t *body = reader.at;
    reader.at += length;
    if (type == CUSTOM) continue;
    if (type > DATA_COUNT || (last != NULL && rank_of(type) <= rank_of(last->section_type))) {
      return false;
    }
    wasm_section_t *next = last == NULL ? sections : last + 1;
    /* WAMR's type lacks the const; it only reads what is listed for it. */
    *next = (wasm_section_t){
        .section_type = type,
        .section_body = (uint8_t *)(uintptr_t)body,
        .section_body_size = length,
    };
    if (last != NULL) last->next = next;
    last = next;
  }
  return last != NULL;
}
