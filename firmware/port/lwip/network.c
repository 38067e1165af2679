#include "network.h"

#include <stdio.h>

#include <lwip/tcpip.h>

#include "stop_socket.h"
#include "tap_device.h"
#include "tap_netif.h"

const char network_default_host[] = "its own, 10.64.0.2 for the first that runs";

struct bring_up {
  struct tap_netif *tap;
  sys_sem_t done;
};

/** Called in lwIP's thread. */
static void add_interface(void *state) {
  struct bring_up *bring_up = state;
  struct netif *netif = &bring_up->tap->netif;
  uint32_t network = tap_device_network(bring_up->tap->number);
  ip4_addr_t address = {lwip_htonl(network + 2)};
  ip4_addr_t mask = {lwip_htonl(UINT32_MAX << (32 - TAP_DEVICE_PREFIX))};
  ip4_addr_t gateway = {lwip_htonl(network + 1)};
  netif_add(netif, &address, &mask, &gateway, bring_up->tap, tap_netif_init, tcpip_input);
  netif_set_default(netif);
  netif_set_up(netif);
  sys_sem_signal(&bring_up->done);
}

bool network_open(struct server_options *options, char *reason) {
  static struct tap_netif tap;
  static char address[IP4ADDR_STRLEN_MAX];
  struct tap_device device;
  if (options->wake_fd >= 0) {
    snprintf(reason, SANDBOX_TEXT_MAX, "--control needs the network of the kernel");
    return false;
  }
  if (!tap_device_open(&device, reason, SANDBOX_TEXT_MAX)) return false;
  tap.fd = device.fd;
  tap.number = device.number;

  struct bring_up bring_up = {.tap = &tap};
  sys_sem_new(&bring_up.done, 0);
  tcpip_init(add_interface, &bring_up);
  sys_sem_wait(&bring_up.done);
  sys_sem_free(&bring_up.done);

  ip4addr_ntoa_r(netif_ip4_addr(&tap.netif), address, sizeof address);
  if (options->host == NULL) options->host = address;
  options->max_sockets = PORT_SOCKETS;
  options->stop_fd = stop_socket_open(options->stop_fd);
  if (options->stop_fd >= 0) return true;
  snprintf(reason, SANDBOX_TEXT_MAX, "lwIP has no socket for signals");
  return false;
}
