import { Device as Item, device_get, device_name, device_restart, ResetReason } from "../abi";
import { decodeText } from "../bytes/text";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { settings } from "../server/settings";

// @ts-ignore: decorator
@inline const NAME_SIZE: i32 = 64;
/** What is answered where the host cannot tell. */
// @ts-ignore: decorator
@inline const UNKNOWN: i32 = -1;

/** The machine that the app runs on. */
export class Device {
  /** Bytes of the app's memory that are not in use. What waits for a collection is in use. */
  static get freeMemory(): i32 {
    // @ts-ignore: defined by the runtime
    return isDefined(__freeMemory) ? <i32>__freeMemory() : i32.MAX_VALUE;
  }

  /** Bytes of the largest object that the app's memory has room for. */
  static get largestBlock(): i32 {
    // @ts-ignore: defined by the runtime
    return isDefined(__largestBlock) ? <i32>__largestBlock() : i32.MAX_VALUE;
  }

  /** Bytes of the machine's memory that are free, beside the app's; -1 where the host cannot tell. */
  static get hostFreeMemory(): i32 {
    return max(device_get(Item.FREE_HEAP, 0), UNKNOWN);
  }

  /** Bytes of the largest free block of that; -1 where the host cannot tell. */
  static get hostLargestBlock(): i32 {
    return max(device_get(Item.LARGEST_BLOCK, 0), UNKNOWN);
  }

  /** Seconds since the last reset. */
  static get uptime(): i32 {
    return max(device_get(Item.UPTIME, 0), UNKNOWN);
  }

  /** Why the machine started. */
  static get resetReason(): ResetReason {
    return <ResetReason>max(device_get(Item.RESET_REASON, 0), <i32>ResetReason.UNKNOWN);
  }

  /** Name of the chip or board. */
  static get name(): string {
    const text = takeScratch(NAME_SIZE);
    const name = decodeText(text, device_name(text, NAME_SIZE));
    freeScratch(text);
    return name;
  }

  /** 32 random bits that nobody can guess, for keys and tokens; `Math.random` is for everything else. */
  static random(): u32 {
    return ((<u32>device_get(Item.RANDOM, 0)) << 16) ^ (<u32>device_get(Item.RANDOM, 0));
  }

  /** Restarts the machine when the current answer has left. Connections are given two seconds to finish. */
  static restart(): void {
    // The answer says that its connection closes, so that the client sends nothing more on it.
    settings.requestLimit = 0;
    device_restart();
  }
}
