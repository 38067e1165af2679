/** How long to wait between tries: twice as long each time, up to a minute, and never in step. */
#ifndef MICROSERVER_BACKOFF_H
#define MICROSERVER_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_FIRST_MS = 1000, BACKOFF_LAST_MS = 60000 };

struct backoff {
  /** Tries that have failed. */
  uint32_t tries;
};

/**
 * Notes a failed try.
 * @param random any bits: up to a quarter is taken off, so that many chips do not come back at once
 * @return ms to wait before the next one
 */
uint32_t backoff_next(struct backoff *backoff, uint32_t random);

/** Notes success. */
void backoff_reset(struct backoff *backoff);

#endif
