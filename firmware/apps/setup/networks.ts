import { Storage } from "microserver/device";

/** A Wi-Fi within reach. */
export class Network {
  constructor(
    public name: string,
    /** Strength of its signal, 1 to 4. */
    public bars: i32,
    public isOpen: bool,
  ) {}
}

/** The networks that the firmware has found, the strongest first: a line each, `3 lock the name`. */
export function foundNetworks(): Network[] {
  const networks: Network[] = [];
  const lines = (Storage.get("scan") || "").split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line.length <= NAME_AT || line.charCodeAt(1) != SPACE) continue;
    const bars = line.charCodeAt(0) - DIGIT_0;
    if (bars < 1 || bars > 4) continue;
    networks.push(new Network(line.substring(NAME_AT), bars, line.substring(2, 6) == "open"));
  }
  return networks;
}

/** Where the name begins on a line. */
const NAME_AT: i32 = 7;
const SPACE: i32 = 0x20;
const DIGIT_0: i32 = 0x30;
