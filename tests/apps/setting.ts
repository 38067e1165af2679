import { file_close, file_open, file_read, FileInfo, FileMode } from "microserver/abi";

/** The text of a file, "" where there is none: how a test tells an app what to be. */
export function readSetting(path: string): string {
  const name = String.UTF8.encode(path);
  const info = new ArrayBuffer(offsetof<FileInfo>());
  const file = file_open(
    changetype<usize>(name),
    name.byteLength,
    FileMode.READ,
    changetype<usize>(info),
    info.byteLength,
  );
  if (file < 0) return "";
  const bytes = new ArrayBuffer(changetype<FileInfo>(info).size);
  file_read(file, 0, changetype<usize>(bytes), bytes.byteLength);
  file_close(file);
  return String.UTF8.decode(bytes);
}
