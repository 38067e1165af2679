import { FileError, Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { decodeText } from "../bytes/text";
import { FormEvent, MultipartReader } from "../http/multipart";
import { PartHead } from "../http/part_head";
import { refusalReason } from "../http/refusal";
import { beginLine, endLine } from "../server/log";
import { numberedName, safeName } from "./file_name";
import { NewFile } from "./new_file";
import { Partial } from "./partial";
import { UploadLimits } from "./upload_limits";
import { UploadedField, UploadedFile, Uploads } from "./uploads";

/** Forms so far: what was begun for one is not another's, who has the same connection while the first is given up. */
// @ts-ignore: decorator
@lazy let forms: u32 = 0;

/** Stores the parts of a form while they come: files in a folder, under names of their own until the form is whole. */
export class FormSaver extends Partial {
  readonly result: Uploads = new Uploads();
  private readonly files: NewFile[] = [];
  private fieldName: string = "";
  private fieldValue: Output = new Output();
  /** Whether the part that is being read is a file: the last of `files`. */
  private isFile: bool = false;
  private readonly number: u32 = ++forms;

  constructor(
    private readonly reader: MultipartReader,
    private readonly folder: string,
    private readonly limits: UploadLimits,
  ) {
    super();
    reader.maxParts = limits.files + limits.fields;
  }

  /** Takes the next piece [from, end). False where the form is refused. */
  feed(from: usize, end: usize): bool {
    const reader = this.reader;
    reader.feed(from, end);
    while (!this.result.error.length) {
      const event = reader.next();
      if (event == FormEvent.MORE) return true;
      if (event < 0) this.refuse(-event, refusalReason);
      else if (event == FormEvent.BEGIN) this.begin(reader.part);
      else if (event == FormEvent.DATA) this.take(reader.data, reader.dataLength);
      else if (event == FormEvent.END) this.end();
    }
    return false;
  }

  /** The content has ended: all files get their place, or none. */
  finish(): void {
    if (!this.result.error.length && !this.reader.isWhole) this.refuse(400, ascii("the form ends early"));
    const files = this.files;
    const stored = this.result.files;
    for (let i = 0; i < files.length && !this.result.error.length; i++) {
      const file = unchecked(files[i]);
      const path = this.pathOf(file.name);
      const fault = file.moveTo(path);
      if (fault) this.fail(fault);
      else stored.push(new UploadedFile(file.field, file.name, path, file.size, file.type));
    }
    if (this.result.error.length) this.discard();
  }

  /** Says why the form is not taken; the first reason counts. */
  refuse(status: i32, reason: usize): void {
    const result = this.result;
    if (result.error.length) return;
    result.status = status;
    result.error = decodeText(reason + 1, load<u8>(reason));
  }

  /** Removes what was stored. */
  discard(): void {
    const files = this.files;
    while (files.length) files.pop().discard();
    this.result.files = [];
    this.result.fields = [];
  }

  private begin(part: PartHead): void {
    const field = decodeText(part.name, part.nameLength);
    this.isFile = part.filenameLength >= 0;
    if (!this.isFile) {
      if (this.result.fields.length >= this.limits.fields) this.refuse(413, ascii("too many fields"));
      this.fieldName = field;
      this.fieldValue.reset();
      return;
    }
    const files = this.files;
    if (files.length >= this.limits.files) return this.refuse(413, ascii("too many files"));
    const path = this.pathOf(`.upload-${this.number}-${files.length}`);
    const name = this.freeName(safeName(decodeText(part.filename, part.filenameLength)));
    files.push(new NewFile(path, field, name, decodeText(part.type, part.typeLength)));
    // Browsers send a nameless, empty file where the user chose none.
    if (part.filenameLength) this.make();
  }

  private make(): bool {
    const fault = this.file.make();
    if (fault) this.fail(fault);
    return !fault;
  }

  private take(bytes: usize, length: i32): void {
    if (!this.isFile) {
      if (length > this.limits.fieldSize - this.fieldValue.length)
        return this.refuse(413, ascii("a field is too large"));
      return this.fieldValue.bytes(bytes, length);
    }
    const file = this.file;
    if (!file.isMade && !this.make()) return;
    if (length > this.limits.fileSize - file.size) return this.refuse(413, ascii("a file is too large"));
    const fault = file.write(bytes, length);
    if (fault) this.fail(fault);
  }

  private end(): void {
    if (!this.isFile) this.result.fields.push(new UploadedField(this.fieldName, this.fieldValue.toString()));
    else if (this.file.isMade) this.file.close();
    else this.files.pop();
  }

  private get file(): NewFile {
    return this.files[this.files.length - 1];
  }

  /** The name, or where another file of the form has it, one with a number. */
  private freeName(name: string): string {
    let free = name;
    for (let number = 2; this.isTaken(free); number++) free = numberedName(name, number);
    return free;
  }

  private isTaken(name: string): bool {
    const files = this.files;
    for (let i = 0; i < files.length; i++) if (unchecked(files[i]).name == name) return true;
    return false;
  }

  private pathOf(name: string): string {
    return this.folder.endsWith("/") ? this.folder + name : `${this.folder}/${name}`;
  }

  private fail(fault: i32): void {
    const isFull = fault == FileError.FULL;
    const line = beginLine();
    line.ascii(isFull ? ascii("no room for an upload to ") : ascii("cannot store an upload in "));
    line.text(this.folder);
    line.ascii(ascii(": file error "));
    line.int(fault);
    endLine(Level.ERROR);
    if (isFull) this.refuse(507, ascii("no room for the upload"));
    else this.refuse(500, ascii("the upload cannot be stored"));
  }
}
