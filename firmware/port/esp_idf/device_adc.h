/** Voltages at pins. */
#ifndef MICROSERVER_DEVICE_ADC_H
#define MICROSERVER_DEVICE_ADC_H

#include <stdint.h>

/** Voltage at a pin in mV; or one of enum abi_device_error. */
int32_t device_adc_get(int32_t pin);

#endif
