#include "backoff.h"

/** Doubled that often the first wait is longer than the last may be. */
enum { DOUBLINGS_MAX = 6, JITTER_PART = 4 };

uint32_t backoff_next(struct backoff *backoff, uint32_t random) {
  uint32_t wait = (uint32_t)BACKOFF_FIRST_MS << backoff->tries;
  if (wait > BACKOFF_LAST_MS) wait = BACKOFF_LAST_MS;
  if (backoff->tries < DOUBLINGS_MAX) backoff->tries++;
  return wait - random % (wait / JITTER_PART + 1);
}

void backoff_reset(struct backoff *backoff) {
  backoff->tries = 0;
}
