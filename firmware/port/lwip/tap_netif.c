#include "tap_netif.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/sys.h>

enum { MTU = 1500, FRAME_MAX = MTU + SIZEOF_ETH_HDR };

/** SIGUSR1 pulls the cable, and puts it back in. */
static volatile sig_atomic_t unplugged;

static void toggle_cable(int signal) {
  (void)signal;
  unplugged = !unplugged;
}

static err_t write_frame(struct netif *netif, struct pbuf *packet) {
  const struct tap_netif *tap = netif->state;
  uint8_t frame[FRAME_MAX];
  if (packet->tot_len > sizeof frame) return ERR_BUF;
  if (unplugged) return ERR_OK;
  pbuf_copy_partial(packet, frame, packet->tot_len, 0);
  return write(tap->fd, frame, packet->tot_len) == packet->tot_len ? ERR_OK : ERR_IF;
}

static void pass_on(struct netif *netif, const uint8_t *frame, uint16_t length) {
  struct pbuf *packet = pbuf_alloc(PBUF_RAW, length, PBUF_RAM);
  if (packet == NULL) return;
  pbuf_take(packet, frame, length);
  if (netif->input(packet, netif) != ERR_OK) pbuf_free(packet);
}

static void read_frames(void *state) {
  struct tap_netif *tap = state;
  uint8_t frame[FRAME_MAX];
  for (;;) {
    ssize_t length = read(tap->fd, frame, sizeof frame);
    if (length < 0 && errno != EINTR) return;
    if (length > 0 && !unplugged) pass_on(&tap->netif, frame, (uint16_t)length);
  }
}

err_t tap_netif_init(struct netif *netif) {
  struct tap_netif *tap = netif->state;
  const uint8_t address[] = {2, 0, 0, 0, (uint8_t)(tap->number >> 8), (uint8_t)tap->number};
  memcpy(netif->hwaddr, address, sizeof address);
  netif->hwaddr_len = sizeof address;
  memcpy(netif->name, "tp", sizeof netif->name);
  netif->mtu = MTU;
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_LINK_UP;
  netif->output = etharp_output;
  netif->output_ip6 = ethip6_output;
  netif->linkoutput = write_frame;
  const struct sigaction action = {.sa_handler = toggle_cable, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  sys_thread_new("tap", read_frames, tap, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  return ERR_OK;
}
