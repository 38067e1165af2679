#include "device_adc.h"

#include <esp_adc/adc_cali.h>
#include <esp_adc/adc_cali_scheme.h>
#include <esp_adc/adc_oneshot.h>
#include <stdbool.h>

#include "abi.h"
#include "device_pins.h"

/** Up to about 3.1 V. */
#define ATTENUATION ADC_ATTEN_DB_12

/** What a chip without calibration makes of its highest reading, in mV: roughly. */
enum { RAW_FULL = 4095, MILLIVOLTS_FULL = 3100, CHANNELS = 16 };

struct calibration {
  bool tried;
  adc_cali_handle_t handle;
};

static adc_oneshot_unit_handle_t unit;
static struct calibration calibrations[CHANNELS];

static bool open_unit(void) {
  const adc_oneshot_unit_init_cfg_t config = {.unit_id = ADC_UNIT_1};
  return unit != NULL || adc_oneshot_new_unit(&config, &unit) == ESP_OK;
}

#if ADC_CALI_SCHEME_CURVE_FITTING_SUPPORTED
static esp_err_t calibrate(adc_channel_t channel, adc_cali_handle_t *handle) {
  const adc_cali_curve_fitting_config_t config = {.unit_id = ADC_UNIT_1,
                                                  .chan = channel,
                                                  .atten = ATTENUATION,
                                                  .bitwidth = ADC_BITWIDTH_DEFAULT};
  return adc_cali_create_scheme_curve_fitting(&config, handle);
}
#else
static esp_err_t calibrate(adc_channel_t channel, adc_cali_handle_t *handle) {
  (void)channel;
  const adc_cali_line_fitting_config_t config = {
      .unit_id = ADC_UNIT_1, .atten = ATTENUATION, .bitwidth = ADC_BITWIDTH_DEFAULT};
  return adc_cali_create_scheme_line_fitting(&config, handle);
}
#endif

static int32_t to_millivolts(adc_channel_t channel, int raw) {
  struct calibration *calibration = &calibrations[channel];
  int millivolts;
  if (!calibration->tried) {
    calibration->tried = true;
    if (calibrate(channel, &calibration->handle) != ESP_OK) calibration->handle = NULL;
  }
  bool calibrated = calibration->handle != NULL &&
                    adc_cali_raw_to_voltage(calibration->handle, raw, &millivolts) == ESP_OK;
  return calibrated ? millivolts : raw * MILLIVOLTS_FULL / RAW_FULL;
}

int32_t device_adc_get(int32_t pin) {
  const adc_oneshot_chan_cfg_t config = {.atten = ATTENUATION, .bitwidth = ADC_BITWIDTH_DEFAULT};
  adc_unit_t pin_unit;
  adc_channel_t channel;
  int raw;
  /* The second unit is Wi-Fi's, or does not work reliably. */
  if (adc_oneshot_io_to_channel(pin, &pin_unit, &channel) != ESP_OK || pin_unit != ADC_UNIT_1 ||
      (int)channel >= CHANNELS || !open_unit()) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  if (device_pins_check_input(pin) != 0) return ABI_DEVICE_ERROR_INVALID;
  if (adc_oneshot_config_channel(unit, channel, &config) != ESP_OK ||
      adc_oneshot_read(unit, channel, &raw) != ESP_OK) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  return to_millivolts(channel, raw);
}
