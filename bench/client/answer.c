#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEXADECIMAL = 16, CRLF_BYTES = 2 };

static enum answer_state wrong(struct answer *answer, const char *problem) {
  answer->problem = problem;
  return ANSWER_WRONG;
}

void answer_begin(struct answer *answer) {
  answer->size = 0;
  answer->head = 0;
  answer->at = 0;
  answer->matched = 0;
  answer->length = 0;
  answer->framing = FRAMING_UNKNOWN;
  answer->closes = false;
}

/** The line end at `from` or behind it, NULL where none has come. */
static const uint8_t *line_end(const struct answer *answer, size_t from) {
  const uint8_t *end = answer->bytes + answer->size;
  for (const uint8_t *at = answer->bytes + from; at < end; at++) {
    at = memchr(at, '\r', (size_t)(end - at));
    if (at == NULL || at + 1 == end) return NULL;
    if (at[1] == '\n') return at;
  }
  return NULL;
}

/** Whether the line is a field of this name with this value at its start; "" for any value. */
static const char *field_value(const char *line, const char *name) {
  size_t size = strlen(name);
  if (strncasecmp(line, name, size) != 0 || line[size] != ':') return NULL;
  const char *value = line + size + 1;
  return value + strspn(value, " \t");
}

static void read_field(struct answer *answer, const char *line) {
  const char *value = field_value(line, "Content-Length");
  if (value != NULL) {
    answer->framing = FRAMING_LENGTH;
    answer->length = strtoul(value, NULL, 10);
  }
  value = field_value(line, "Transfer-Encoding");
  if (value != NULL && strncasecmp(value, "chunked", 7) == 0) answer->framing = FRAMING_CHUNKED;
  value = field_value(line, "Connection");
  if (value != NULL) answer->closes = strncasecmp(value, "close", 5) == 0;
}

static enum answer_state read_head(struct answer *answer, const char *status) {
  size_t from = answer->at;
  for (;;) {
    const uint8_t *end = line_end(answer, from);
    if (end == NULL) return ANSWER_MORE;
    const char *line = (const char *)answer->bytes + from;
    size_t next = (size_t)(end - answer->bytes) + CRLF_BYTES;
    if (from == 0) {
      // "HTTP/1.1 200 OK"
      if (end - answer->bytes < 12 || memcmp(line, "HTTP/1.", 7) != 0 ||
          memcmp(line + 9, status, 3) != 0)
        return wrong(answer, "another status");
      answer->closes = line[7] == '0';
    } else if (next == from + CRLF_BYTES) {
      answer->head = next;
      answer->at = next;
      return ANSWER_WHOLE;
    } else {
      read_field(answer, line);
    }
    from = next;
  }
}

/** Compares `size` bytes of content that have come at `answer->at`, and goes on behind them. */
static bool match(struct answer *answer, size_t size, const struct bytes *content) {
  if (size > content->size - answer->matched) return false;
  if (memcmp(answer->bytes + answer->at, content->start + answer->matched, size) != 0) return false;
  answer->at += size;
  answer->matched += size;
  return true;
}

static enum answer_state read_chunks(struct answer *answer, const struct bytes *content) {
  for (;;) {
    const uint8_t *end = line_end(answer, answer->at);
    if (end == NULL) return ANSWER_MORE;
    size_t size = strtoul((const char *)answer->bytes + answer->at, NULL, HEXADECIMAL);
    size_t start = (size_t)(end - answer->bytes) + CRLF_BYTES;
    if (answer->size < start + size + CRLF_BYTES) return ANSWER_MORE;
    answer->at = start;
    if (!match(answer, size, content)) return wrong(answer, "another content");
    answer->at += CRLF_BYTES;
    if (size > 0) continue;
    if (answer->matched != content->size) return wrong(answer, "less content");
    return answer->at == answer->size ? ANSWER_WHOLE : wrong(answer, "more than the answer");
  }
}

static enum answer_state read_content(struct answer *answer, const struct bytes *content,
                                      bool ended) {
  size_t unread = answer->size - answer->at;
  switch (answer->framing) {
  case FRAMING_CHUNKED:
    return read_chunks(answer, content);
  case FRAMING_LENGTH:
    if (answer->length != content->size) return wrong(answer, "a content of another length");
    if (unread < answer->length) return ANSWER_MORE;
    if (!match(answer, unread, content)) return wrong(answer, "another content");
    return ANSWER_WHOLE;
  default:
    answer->closes = true;
    if (!ended) return ANSWER_MORE;
    if (unread != content->size || !match(answer, unread, content))
      return wrong(answer, "another content");
    return ANSWER_WHOLE;
  }
}

static enum answer_state read_bytes(struct answer *answer, const struct bytes *bytes) {
  if (answer->size > bytes->size) return wrong(answer, "more than the answer");
  if (answer->size < bytes->size) return ANSWER_MORE;
  bool same = memcmp(answer->bytes, bytes->start, bytes->size) == 0;
  return same ? ANSWER_WHOLE : wrong(answer, "another answer");
}

enum answer_state answer_read(struct answer *answer, const struct expected *expected, bool ended) {
  enum answer_state state = ANSWER_WHOLE;
  if (expected->kind == EXPECTED_BYTES) {
    state = read_bytes(answer, &expected->bytes);
  } else {
    bool is_switch = expected->kind == EXPECTED_SWITCH;
    if (answer->head == 0) state = read_head(answer, is_switch ? "101" : "200");
    if (state == ANSWER_WHOLE && !is_switch) state = read_content(answer, &expected->bytes, ended);
  }
  if (state != ANSWER_MORE) return state;
  if (ended) return wrong(answer, "only a part of the answer");
  return answer->size == ANSWER_MAX ? wrong(answer, "too long an answer") : ANSWER_MORE;
}
