#include "dns_answer.h"

#include <stdbool.h>
#include <string.h>

enum {
  HEADER = 12,
  FLAGS_AT = 2,
  COUNTS_AT = 4,
  NAME_MAX_BYTES = 255,
  LABEL_MAX = 63,
  TYPE_AND_CLASS = 4,
  RECORD = 16,
  TTL_SECONDS = 10,
};

enum { TYPE_A = 1, TYPE_ANY = 255, CLASS_IN = 1, CLASS_ANY = 255 };

/** Flags, first byte: QR, operation, AA, TC, RD. Second: RA, Z, result. */
enum { QR = 0x80, OPCODE = 0x78, AA = 0x04, RD = 0x01, RA = 0x80, NOT_IMPLEMENTED = 4 };

static uint16_t read16(const uint8_t *bytes) {
  return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

/** Length of the question behind the header; 0 where it is not well-formed, or compressed. */
static size_t question_length(const uint8_t *query, size_t length) {
  size_t end = HEADER;
  for (;;) {
    if (end >= length) return 0;
    size_t label = query[end];
    if (label > LABEL_MAX) return 0;
    end += 1 + label;
    if (end - HEADER > NAME_MAX_BYTES) return 0;
    if (label == 0) break;
  }
  end += TYPE_AND_CLASS;
  return end <= length ? end - HEADER : 0;
}

static size_t write_record(uint8_t *record, const uint8_t address[4]) {
  /* The name is the question's, by reference. */
  const uint8_t head[] = {0xc0, HEADER, 0, TYPE_A, 0, CLASS_IN, 0, 0, 0, TTL_SECONDS, 0, 4};
  memcpy(record, head, sizeof head);
  memcpy(record + sizeof head, address, RECORD - sizeof head);
  return RECORD;
}

size_t dns_answer(const uint8_t *query, size_t length, const uint8_t address[4], uint8_t *answer) {
  if (length < HEADER || (query[FLAGS_AT] & QR) != 0) return 0;
  memcpy(answer, query, FLAGS_AT);
  memset(answer + FLAGS_AT, 0, HEADER - FLAGS_AT);
  answer[FLAGS_AT] = (uint8_t)(QR | (query[FLAGS_AT] & (OPCODE | RD)));
  answer[FLAGS_AT + 1] = RA;
  if ((query[FLAGS_AT] & OPCODE) != 0) {
    answer[FLAGS_AT + 1] |= NOT_IMPLEMENTED;
    return HEADER;
  }
  if (read16(query + COUNTS_AT) != 1) return 0;
  size_t question = question_length(query, length);
  if (question == 0) return 0;

  size_t end = HEADER + question;
  memcpy(answer + HEADER, query + HEADER, question);
  answer[FLAGS_AT] |= AA;
  answer[COUNTS_AT + 1] = 1;
  uint16_t type = read16(query + end - TYPE_AND_CLASS);
  uint16_t class = read16(query + end - 2);
  bool has_address =
      (type == TYPE_A || type == TYPE_ANY) && (class == CLASS_IN || class == CLASS_ANY);
  if (!has_address) return end;
  answer[COUNTS_AT + 3] = 1;
  return end + write_record(answer + end, address);
}
