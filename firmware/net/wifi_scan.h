/** The networks around. */
#ifndef MICROSERVER_WIFI_SCAN_H
#define MICROSERVER_WIFI_SCAN_H

/**
 * Looks around, and keeps the result for the setup app: under "scan" a line for each network, the
 * strongest first: bars (1 to 4), "open" or "lock", the name, with a space between. Wi-Fi is
 * started.
 */
void wifi_scan_keep(void);

#endif
