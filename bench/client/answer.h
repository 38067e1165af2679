/** Reads what a server answers, and compares it with what it should be. */

#ifndef BENCH_ANSWER_H
#define BENCH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of an answer, its head included, at most. */
enum { ANSWER_MAX = 256 * 1024 };

struct bytes {
  const uint8_t *start;
  size_t size;
};

enum expected_kind {
  /** A 200 with this content, in any framing (RFC 9112, section 6). */
  EXPECTED_CONTENT,
  /** These very bytes: a frame of a WebSocket. */
  EXPECTED_BYTES,
  /** A 101, whatever its fields. */
  EXPECTED_SWITCH,
};

struct expected {
  enum expected_kind kind;
  struct bytes bytes;
};

enum answer_state { ANSWER_MORE, ANSWER_WHOLE, ANSWER_WRONG };

enum answer_framing { FRAMING_UNKNOWN, FRAMING_LENGTH, FRAMING_CHUNKED, FRAMING_CLOSE };

struct answer {
  uint8_t bytes[ANSWER_MAX];
  size_t size;
  /** Bytes of the head, 0 before it is whole. */
  size_t head;
  /** Where the next content, or chunk, begins. */
  size_t at;
  /** Bytes of the content that have come and are as they should be. */
  size_t matched;
  enum answer_framing framing;
  /** The content's length with FRAMING_LENGTH. */
  size_t length;
  /** The server ends the connection after it. */
  bool closes;
  /** What is wrong with it, where it is ANSWER_WRONG. */
  const char *problem;
};

/** Forgets the last answer. */
void answer_begin(struct answer *answer);

/**
 * Looks at what has come since the last call.
 *
 * @param ended whether the server has ended the connection, so that no more will come
 */
enum answer_state answer_read(struct answer *answer, const struct expected *expected, bool ended);

#endif
