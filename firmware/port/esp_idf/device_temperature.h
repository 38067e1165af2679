/** The sensor within the chip. */
#ifndef MICROSERVER_DEVICE_TEMPERATURE_H
#define MICROSERVER_DEVICE_TEMPERATURE_H

#include <stdint.h>

/** In m°C; or one of enum abi_device_error. */
int32_t device_temperature_get(void);

#endif
