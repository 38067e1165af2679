/** A tap device of Linux: an Ethernet cable between this program and the kernel. */
#ifndef MICROSERVER_TAP_DEVICE_H
#define MICROSERVER_TAP_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tap_device {
  /** Each read() and write() is a frame. */
  int fd;
  /** No two that are there at a time have the same one. */
  uint32_t number;
};

/** The network of a tap device: four addresses, of which the kernel has the second. */
static inline uint32_t tap_device_network(uint32_t number) {
  return (10u << 24 | 64u << 16) + (number << 2);
}

/** How many bits of an address name the network. */
enum { TAP_DEVICE_PREFIX = 30 };

/**
 * Makes a device, which is gone with the program, and gives the kernel's side its address.
 * @return false where that fails, with the reason
 */
bool tap_device_open(struct tap_device *device, char *reason, size_t size);

#endif
