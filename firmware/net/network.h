/**
 * The network, whichever menuconfig chose: Wi-Fi or Ethernet. Once it is up the chip has its name
 * in it (mDNS) and keeps its clock (SNTP).
 */
#ifndef MICROSERVER_NETWORK_H
#define MICROSERVER_NETWORK_H

/**
 * NVS namespace of the credentials: "ssid", "password", and what the setup app shows: "scan", and
 * "failure" of the last try to join: "absent", "password" or "other".
 */
#define NETWORK_STORAGE "network"

enum network_result {
  /** The chip is in the network, or will be as soon as that is there. */
  NETWORK_UP,
  /** Nobody has said which network, or it is not there: the chip is an access point for its setup.
   */
  NETWORK_NEEDS_SETUP,
};

/** To be called once, after nvs_flash_init(). */
enum network_result network_start(void);

#endif
