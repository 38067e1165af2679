/** The chip as an access point, for its setup. */
#ifndef MICROSERVER_ACCESS_POINT_H
#define MICROSERVER_ACCESS_POINT_H

#include <stdbool.h>

/**
 * Opens the access point, its DNS, and announces the setup page as a captive portal.
 * @param retry restart the chip, to try its network again, once nobody has been here for a while
 */
void access_point_start(bool retry);

#endif
