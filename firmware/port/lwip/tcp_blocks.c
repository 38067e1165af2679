#include <lwip/priv/tcp_priv.h>

#include "lwip_hooks.h"

static int count(const struct tcp_pcb *list) {
  int found = 0;
  for (; list != NULL; list = list->next)
    found++;
  return found;
}

/** The one of that state from which nothing has come for the longest time; NULL where none is. */
static struct tcp_pcb *find_quietest(enum tcp_state state) {
  struct tcp_pcb *quietest = NULL;
  for (struct tcp_pcb *block = tcp_active_pcbs; block != NULL; block = block->next) {
    if (block->state != state) continue;
    if (quietest == NULL || tcp_ticks - block->tmr > tcp_ticks - quietest->tmr) quietest = block;
  }
  return quietest;
}

void tcp_blocks_keep_one(void) {
  static const enum tcp_state order[] = {LAST_ACK, CLOSING, FIN_WAIT_2, FIN_WAIT_1};
  if (tcp_tw_pcbs != NULL || count(tcp_active_pcbs) < MEMP_NUM_TCP_PCB) return;
  for (unsigned i = 0; i < sizeof order / sizeof order[0]; i++) {
    struct tcp_pcb *block = find_quietest(order[i]);
    if (block == NULL) continue;
    tcp_abandon(block, 0);
    return;
  }
}
