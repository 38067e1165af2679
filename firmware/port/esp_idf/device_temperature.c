#include "device_temperature.h"

#include <sdkconfig.h>
#include <soc/soc_caps.h>
#include <stdbool.h>

#include "abi.h"

#if !defined(CONFIG_MICROSERVER_TEMPERATURE)

int32_t device_temperature_get(void) {
  return ABI_DEVICE_ERROR_DENIED;
}

#elif !SOC_TEMP_SENSOR_SUPPORTED

int32_t device_temperature_get(void) {
  return ABI_DEVICE_ERROR_UNSUPPORTED;
}

#else

#include <driver/temperature_sensor.h>

enum { LOWEST = -10, HIGHEST = 80, MILLI = 1000 };

static temperature_sensor_handle_t sensor;

static bool open_sensor(void) {
  const temperature_sensor_config_t config = TEMPERATURE_SENSOR_CONFIG_DEFAULT(LOWEST, HIGHEST);
  if (sensor != NULL) return true;
  if (temperature_sensor_install(&config, &sensor) != ESP_OK) return false;
  if (temperature_sensor_enable(sensor) == ESP_OK) return true;
  temperature_sensor_uninstall(sensor);
  sensor = NULL;
  return false;
}

int32_t device_temperature_get(void) {
  float celsius;
  if (!open_sensor() || temperature_sensor_get_celsius(sensor, &celsius) != ESP_OK) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  return (int32_t)(celsius * MILLI);
}

#endif
