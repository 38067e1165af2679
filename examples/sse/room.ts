/** A room with a heater: stands for whatever an app watches and controls. */

@json
export class Room {
  /** In °C. */
  temperature: f64 = 18;
  /** In °C: what the heater works towards. */
  target: f64 = 21;
  heating: bool = false;
  /** The heater is on, whatever the target. */
  boost: bool = false;

  /** Lets a second pass. */
  step(): void {
    if (this.temperature < this.target - 0.2) this.heating = true;
    else if (this.temperature > this.target + 0.2) this.heating = false;
    const gain = this.heating || this.boost ? 0.2 : 0;
    const loss = (this.temperature - 12) * 0.01;
    this.temperature += gain - loss;
  }
}
