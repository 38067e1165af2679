/**
 * Runs the firmware's portable parts by commands on stdin, a line each, and answers with a line
 * each:
 *
 *   dns HEX              the answer to a datagram in hexadecimal, "-" for none
 *   backoff BITS         the next wait in ms; "backoff reset" notes success
 *   app HEX              what app_header_check() says of a partition, and the module's length
 *   boot begin CAUSE MAX "app" or "recovery"; CAUSE is of enum boot_cause
 *   boot healthy, boot demand
 *   boot memory HEX      puts bytes where the counter is kept
 *
 * Each input is in a block of its own of exactly its length, so that sanitizers see any read beyond
 * it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_header.h"
#include "backoff.h"
#include "boot_guard.h"
#include "dns_answer.h"

enum { LINE_MAX_BYTES = 1 << 20 };

static const uint8_t address[] = {192, 168, 4, 1};
static struct backoff backoff;
static struct boot_guard guard;

struct bytes {
  uint8_t *data;
  size_t length;
};

static struct bytes read_hex(const char *text) {
  struct bytes bytes = {.length = strlen(text) / 2};
  bytes.data = malloc(bytes.length);
  for (size_t i = 0; i < bytes.length; i++) {
    unsigned value = 0;
    if (sscanf(text + 2 * i, "%2x", &value) != 1) abort();
    bytes.data[i] = (uint8_t)value;
  }
  return bytes;
}

static void answer_dns(const char *text) {
  struct bytes query = read_hex(text);
  uint8_t *answer = malloc(DNS_ANSWER_MAX);
  size_t length = dns_answer(query.data, query.length, address, answer);
  if (length == 0) printf("-");
  for (size_t i = 0; i < length; i++)
    printf("%02x", answer[i]);
  printf("\n");
  free(answer);
  free(query.data);
}

static void check_app(const char *text) {
  static const char *const names[] = {
      [APP_HEADER_OK] = "ok",
      [APP_HEADER_EMPTY] = "empty",
      [APP_HEADER_INVALID] = "invalid",
      [APP_HEADER_DAMAGED] = "damaged",
  };
  struct bytes partition = read_hex(text);
  size_t length = 0;
  enum app_header_result result = app_header_check(partition.data, partition.length, &length);
  printf("%s %zu\n", names[result], length);
  free(partition.data);
}

static void count_boot(const char *text) {
  unsigned cause;
  unsigned most;
  if (sscanf(text, "begin %u %u", &cause, &most) == 2) {
    printf("%s\n", boot_guard_begin(&guard, (enum boot_cause)cause, most) ? "recovery" : "app");
    return;
  }
  if (strcmp(text, "healthy") == 0) boot_guard_healthy(&guard);
  if (strcmp(text, "demand") == 0) boot_guard_demand_recovery(&guard);
  if (strncmp(text, "memory ", 7) == 0) {
    struct bytes memory = read_hex(text + 7);
    memcpy(&guard, memory.data, memory.length < sizeof guard ? memory.length : sizeof guard);
    free(memory.data);
  }
  printf("done\n");
}

static void wait_longer(const char *text) {
  if (strcmp(text, "reset") == 0) {
    backoff_reset(&backoff);
    printf("done\n");
  } else {
    printf("%u\n", (unsigned)backoff_next(&backoff, (uint32_t)strtoul(text, NULL, 10)));
  }
}

int main(void) {
  char *line = malloc(LINE_MAX_BYTES);
  while (fgets(line, LINE_MAX_BYTES, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "dns ", 4) == 0) answer_dns(line + 4);
    if (strncmp(line, "app ", 4) == 0) check_app(line + 4);
    if (strncmp(line, "boot ", 5) == 0) count_boot(line + 5);
    if (strncmp(line, "backoff ", 8) == 0) wait_longer(line + 8);
  }
  free(line);
  return 0;
}
