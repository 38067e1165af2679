/** lwIP's side of the tap device. */
#ifndef MICROSERVER_TAP_NETIF_H
#define MICROSERVER_TAP_NETIF_H

#include <lwip/netif.h>

struct tap_netif {
  struct netif netif;
  int fd;
  /** For the hardware address. */
  uint32_t number;
};

/** For netif_add(), which gets the struct tap_netif as `state`: lwIP calls it in its own thread. */
err_t tap_netif_init(struct netif *netif);

#endif
