import { JsonReader, readJson, toJson } from "microserver/json";

/** The JSON of a value. */
export function written<T>(value: T): string {
  return toJson<T>(value);
}

/** Why a text is no T; empty where it is one. */
export function refusal<T>(text: string): string {
  return refusalOfBytes<T>(String.UTF8.encode(text));
}

export function refusalOfBytes<T>(bytes: ArrayBuffer): string {
  const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
  readJson<T>(reader);
  return reader.error;
}

/** The value in a text; traps where it is none. */
export function read<T>(text: string): T {
  const bytes = String.UTF8.encode(text);
  const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
  const value = readJson<T>(reader);
  if (reader.failed) throw new Error(`${text}: ${reader.error}`);
  return value;
}

/** A text read as a T and written again, or why it is none. */
export function again<T>(text: string): string {
  const bytes = String.UTF8.encode(text);
  const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
  const value = readJson<T>(reader);
  return reader.failed ? reader.error : written<T>(value);
}

/** Bytes written as pairs of hexadecimal digits. */
export function bytesOf(hex: string): ArrayBuffer {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>parseInt(hex.substr(i << 1, 2), 16);
  return bytes.buffer;
}
