/** The chip as a station of somebody's Wi-Fi. */
#ifndef MICROSERVER_WIFI_STATION_H
#define MICROSERVER_WIFI_STATION_H

#include <stdbool.h>
#include <stdint.h>

#include "wifi_credentials.h"

/**
 * Joins a network, and joins it again whenever it is lost: for ever, at growing intervals.
 * @param patience ms to wait for an address at first
 * @return whether the chip has one; where not it tries no more
 */
bool wifi_station_join(const struct wifi_credentials *credentials, uint32_t patience);

#endif
