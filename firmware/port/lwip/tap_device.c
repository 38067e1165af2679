#include "tap_device.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/** The kernel puts a number in. */
#define NAME "microserver"

static void set_address(struct ifreq *request, uint32_t address) {
  struct sockaddr_in ip = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
  memcpy(&request->ifr_addr, &ip, sizeof ip);
}

/** Gives the kernel's side an address, and switches it on. */
static bool bring_up(struct ifreq *request, uint32_t number) {
  int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (control < 0) return false;
  set_address(request, tap_device_network(number) + 1);
  bool up = ioctl(control, SIOCSIFADDR, request) == 0;
  set_address(request, UINT32_MAX << (32 - TAP_DEVICE_PREFIX));
  up = up && ioctl(control, SIOCSIFNETMASK, request) == 0;
  request->ifr_flags = IFF_UP | IFF_RUNNING;
  up = up && ioctl(control, SIOCSIFFLAGS, request) == 0;
  close(control);
  return up;
}

bool tap_device_open(struct tap_device *device, char *reason, size_t size) {
  struct ifreq request = {.ifr_name = NAME "%d"};
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  device->fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
  bool made = device->fd >= 0 && ioctl(device->fd, TUNSETIFF, &request) == 0;
  if (made) device->number = (uint32_t)strtoul(request.ifr_name + strlen(NAME), NULL, 10);
  if (made && bring_up(&request, device->number)) return true;
  snprintf(
      reason, size,
      "no tap device can be made (/dev/net/tun: %s): run it as root, or in a network namespace "
      "of its own (unshare --map-root-user --net)",
      strerror(errno));
  if (device->fd >= 0) close(device->fd);
  return false;
}
