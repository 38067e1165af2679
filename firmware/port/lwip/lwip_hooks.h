/** What lwIP calls of this port, in its own thread (LWIP_HOOK_FILENAME). */
#ifndef MICROSERVER_LWIP_HOOKS_H
#define MICROSERVER_LWIP_HOOKS_H

/**
 * Keeps a control block of TCP free, as ESP-IDF's lwIP does: where all are taken, one goes whose
 * connection is ending, in its order of states. Upstream's spares FIN_WAIT_1 and FIN_WAIT_2.
 */
void tcp_blocks_keep_one(void);

/** lwIP asks for each packet whether it is taken care of. */
#define LWIP_HOOK_IP4_INPUT(packet, netif) (tcp_blocks_keep_one(), 0)

#endif
