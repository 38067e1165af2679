/** Which Wi-Fi to join: what the setup app kept, or else what menuconfig says. */
#ifndef MICROSERVER_WIFI_CREDENTIALS_H
#define MICROSERVER_WIFI_CREDENTIALS_H

#include <stdbool.h>

/** As long as the standard allows, and NUL. */
struct wifi_credentials {
  char ssid[33];
  char password[65];
};

/** Returns false where there are none. */
bool wifi_credentials_read(struct wifi_credentials *credentials);

#endif
