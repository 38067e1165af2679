/** The app's storage: a namespace of NVS. */
#ifndef MICROSERVER_STORAGE_H
#define MICROSERVER_STORAGE_H

/** Opens a namespace instead of the one that is open; nvs_flash_init() comes before. */
void storage_open(const char *name);

#endif
