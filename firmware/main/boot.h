/** Which app this start runs, and what the next one is told. */
#ifndef MICROSERVER_BOOT_H
#define MICROSERVER_BOOT_H

#include <stdbool.h>

/** To be called once at start. Returns whether the recovery app is to be run. */
bool boot_begin(void);

/** The app runs: after MICROSERVER_HEALTHY_SECONDS earlier crashes are forgotten. */
void boot_watch_health(void);

/** Restarts the chip into the recovery app, whose page shows `reason`. Does not return. */
void boot_recover(const char *reason);

#endif
