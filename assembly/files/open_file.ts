import { FileError, FileInfo, FileMode, file_open } from "../abi";

/** What the host told of the file that was opened last. */
// @ts-ignore: decorator
@lazy
export const info: FileInfo = changetype<FileInfo>(memory.data(offsetof<FileInfo>(), 4));

/** Opens a file to be sent as it is or, with `encoded`, its `.gz` where there is one: a handle, or a FileError. */
export function open(path: usize, length: i32, encoded: bool): i32 {
  const mode = encoded ? FileMode.READ_ENCODED : FileMode.READ;
  return file_open(path, length, mode, changetype<usize>(info), offsetof<FileInfo>());
}

/**
 * Opens the representation of a file that suits the client. One that is there only as `.gz` suits all, since few say
 * that they cannot read it and those have no other (RFC 9110 §12.5.3).
 */
export function openFor(path: usize, length: i32, acceptsGzip: bool): i32 {
  const file = open(path, length, acceptsGzip);
  return file == FileError.ABSENT && !acceptsGzip ? open(path, length, true) : file;
}
