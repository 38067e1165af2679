import { Storage } from "microserver/device";

/** Longest name of a network in bytes. */
const NAME_MAX: i32 = 32;
/** Length of a WPA passphrase in characters, and of a key in hexadecimal digits. */
const PASSPHRASE_MIN: i32 = 8;
const PASSPHRASE_MAX: i32 = 63;
const KEY_LENGTH: i32 = 64;

/** What is wrong with a name and a password, for the person who typed them; null where nothing is. */
export function mistakeIn(name: string, password: string): string | null {
  const size = String.UTF8.byteLength(name);
  if (size == 0) return "Choose a network, or type its name.";
  if (size > NAME_MAX) return "The name of a network has at most 32 bytes.";
  if (password.length == 0) return null;
  if (password.length < PASSPHRASE_MIN) return "A Wi-Fi password has at least 8 characters.";
  if (password.length == KEY_LENGTH && isHexadecimal(password)) return null;
  if (password.length > PASSPHRASE_MAX) return "A Wi-Fi password has at most 63 characters.";
  return isVisible(password) ? null : "A Wi-Fi password has letters without accents, digits and signs only.";
}

/** Keeps them for the firmware. The name comes last: without it the firmware takes nothing. */
export function keep(name: string, password: string): bool {
  return Storage.set("password", password) && Storage.set("ssid", name);
}

function isVisible(text: string): bool {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c > 0x7e) return false;
  }
  return true;
}

function isHexadecimal(text: string): bool {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const lower = c | 0x20;
    if (!(c >= 0x30 && c <= 0x39) && !(lower >= 0x61 && lower <= 0x66)) return false;
  }
  return true;
}
