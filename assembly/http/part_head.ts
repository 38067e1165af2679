import { ascii } from "../bytes/ascii";
import { beforeBlanks, behindBlanks, isBlank } from "./blanks";
import { findParameter, isMediaType, parameter, unquote } from "./media_type";
import { refuse } from "./refusal";
import { equalsIgnoreCase, isTokenCharacter } from "./token";

// @ts-ignore: decorator
@inline const CR: u32 = 0x0d;
// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;
// @ts-ignore: decorator
@inline const DOT: u32 = 0x2e;

/** What the field lines of a part of multipart/form-data say; addresses lie in the bytes that were read. */
@unmanaged
export class PartHead {
  name: usize;
  nameLength: i32;
  /** The name that the client gives its file, without folders; empty where it is "." or "..". */
  filename: usize;
  /** -1 where the part is no file. */
  filenameLength: i32;
  /** Content-Type as it came. */
  type: usize;
  /** 0 where there is none: text/plain then (RFC 7578 §4.4). */
  typeLength: i32;
}

/**
 * Reads field lines [from, end), each with its CR LF, into `part` (RFC 7578 §4.2, §4.4, §4.7); overwrites them with what
 * quoted texts mean. Returns 0, or a negated status.
 */
export function readPartHead(from: usize, end: usize, part: PartHead): i32 {
  part.nameLength = -1;
  part.filenameLength = -1;
  part.typeLength = 0;
  for (let p = from; p < end; p += 2) {
    const name = p;
    while (isTokenCharacter(load<u8>(p))) p++;
    if (p == name || load<u8>(p) != 0x3a) return refuse(400, ascii("malformed field line of a part"));
    const nameLength = <i32>(p - name);
    const line = p + 1;
    for (p = line; load<u8>(p) != CR; p++) {
      const code = <u32>load<u8>(p);
      if ((code < 0x20 && !isBlank(code)) || code == 0x7f) return refuse(400, ascii("control character in a part"));
    }
    const value = behindBlanks(line, p);
    const valueEnd = beforeBlanks(value, p);
    if (equalsIgnoreCase(name, nameLength, ascii("content-disposition"))) {
      const fault = readDisposition(value, valueEnd, part);
      if (fault) return fault;
    } else if (equalsIgnoreCase(name, nameLength, ascii("content-type"))) {
      part.type = value;
      part.typeLength = <i32>(valueEnd - value);
    } else if (
      equalsIgnoreCase(name, nameLength, ascii("content-transfer-encoding")) &&
      !isIdentity(value, <i32>(valueEnd - value))
    ) {
      return refuse(400, ascii("unknown transfer encoding of a part"));
    }
  }
  return part.nameLength < 0 ? refuse(400, ascii("a part has no name")) : 0;
}

/** Reads `form-data; name="field"; filename="picture.png"` (RFC 7578 §4.2). */
function readDisposition(from: usize, end: usize, part: PartHead): i32 {
  if (part.nameLength >= 0) return refuse(400, ascii("Content-Disposition is repeated"));
  if (!isMediaType(from, end, ascii("form-data"))) return refuse(400, ascii("a part is no form-data"));
  const file = findParameter(from, end, ascii("filename"));
  const filename = parameter.from;
  const filenameEnd = parameter.end;
  if (file < 0 || findParameter(from, end, ascii("name")) < 1) {
    return refuse(400, ascii("malformed Content-Disposition"));
  }
  part.name = parameter.from;
  part.nameLength = unquote(part.name, parameter.end, part.name);
  if (file) readFilename(filename, filename + unquote(filename, filenameEnd, filename), part);
  return 0;
}

/** Takes the last segment of a path: which folder a file was in is nothing that a server should follow (RFC 7578 §4.2). */
function readFilename(from: usize, end: usize, part: PartHead): void {
  let p = end;
  while (p > from && load<u8>(p - 1) != SLASH && load<u8>(p - 1) != BACKSLASH) p--;
  const length = <i32>(end - p);
  const isFolder = length != 0 && length <= 2 && load<u8>(p) == DOT && (length == 1 || load<u8>(p, 1) == DOT);
  part.filename = p;
  part.filenameLength = isFolder ? 0 : length;
}

/** Whether a Content-Transfer-Encoding leaves the bytes as they are (RFC 2045 §6.2). */
function isIdentity(from: usize, length: i32): bool {
  return (
    equalsIgnoreCase(from, length, ascii("binary")) ||
    equalsIgnoreCase(from, length, ascii("8bit")) ||
    equalsIgnoreCase(from, length, ascii("7bit"))
  );
}
