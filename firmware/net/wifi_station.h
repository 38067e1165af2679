/** The chip as a station of somebody's Wi-Fi. */
#ifndef MICROSERVER_WIFI_STATION_H
#define MICROSERVER_WIFI_STATION_H

#include <stdbool.h>
#include <stdint.h>

#include "wifi_credentials.h"

/** What the last try to join came to, as far as the network has told. */
enum wifi_failure {
  WIFI_FAILURE_OTHER,
  /** No network of that name is within reach. */
  WIFI_FAILURE_ABSENT,
  /** The network is there, and refused the password. */
  WIFI_FAILURE_PASSWORD,
};

/**
 * Joins a network, and joins it again whenever it is lost: for ever, at growing intervals.
 * @param patience ms to wait for an address at first
 * @param failure gets why there is none
 * @return whether the chip has one; where not it tries no more
 */
bool wifi_station_join(const struct wifi_credentials *credentials, uint32_t patience,
                       enum wifi_failure *failure);

#endif
