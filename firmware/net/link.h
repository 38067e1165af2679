/** What carries the network: link_wifi.c or link_ethernet.c, as menuconfig chose. */
#ifndef MICROSERVER_LINK_H
#define MICROSERVER_LINK_H

#include "network.h"

/** Joins the network, or begins setup. The default event loop is there. */
enum network_result link_start(void);

#endif
