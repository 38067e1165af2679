/** What is connected to the board. */

import { Adc, Device, Pin, Pull, Temperature } from "microserver/device";

/** The LED of most boards. */
export const led = Pin.output(2);

/** A button to ground, such as BOOT of most boards: low while it is pressed. On an ESP32-C3 or -C6 that is pin 9. */
export const button = Pin.input(0, Pull.UP);

/** A light sensor: of ADC1, whose pins are others on an ESP32-S3. */
const light = Adc.isSupported(34) ? 34 : 1;

/** What the page shows. */

@json
export class State {
  /** In °C; null in JSON where the board has no sensor. */
  temperature: f64 = Temperature.read();
  /** In mV. */
  light: i32 = Adc.read(light);
  led: bool = led.read();
  pressed: bool = !button.read();
  /** How often the button was pressed since the start. */
  presses: i32 = 0;
  /** Seconds since the last reset. */
  uptime: i32 = Device.uptime;
  /** Of the app, in bytes. */
  freeMemory: i32 = Device.freeMemory;
  /** Pages that are told. */
  clients: i32 = 0;
  /** Seconds from one measurement to the next. */
  interval: i32 = 0;
}
