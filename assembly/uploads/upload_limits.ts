/** What one form may bring; 413 above. */
export class UploadLimits {
  /** Files. */
  files: i32 = 4;
  /** Bytes of a file. */
  fileSize: i32 = 1 << 20;
  /** Fields that are no files. */
  fields: i32 = 16;
  /** Bytes of such a field. */
  fieldSize: i32 = 1024;
}
