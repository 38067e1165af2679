import { PinMode } from "../abi";

/** The level of an input where nothing is connected to it. */
export const enum Pull {
  /** It floats, and reads as anything. */
  NONE = PinMode.INPUT,
  /** High. */
  UP = PinMode.PULL_UP,
  /** Low. */
  DOWN = PinMode.PULL_DOWN,
}
