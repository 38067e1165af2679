import { Close, file_close, send_file } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { appendFileType } from "../http/mime";
import { Producer } from "../server/activity";
import { answer, complete, sendHead } from "../server/answer";
import { Connection, State } from "../server/connection";
import { wait } from "../server/deadline";
import { failure } from "../server/dispatch";
import { requestCollection } from "../server/memory";
import { freeShared, Response } from "../server/response";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { FileTransfer } from "./file_transfer";
import { info, open } from "./open_file";

// @ts-ignore: decorator
@inline const PATH_ROOM: i32 = 320;
/** Bytes that can be read behind a path: see `appendFileType`. */
// @ts-ignore: decorator
@inline const PATH_PAD: i32 = 16;

/** Path of the file that was asked for last, from the host's root on. */
// @ts-ignore: decorator
@lazy const path: Output = new Output(memory.data(PATH_ROOM), PATH_ROOM);

/**
 * The producer whose file is open between the handler and the answer. There is one at a time, so that answers which are
 * never sent, as middleware may replace them, keep no file open.
 */
// @ts-ignore: decorator
@lazy let holder: FileProducer | null = null;

/** Begins the path of another file. */
export function newPath(): Output {
  const last = holder;
  if (last) last.release();
  path.reset();
  return path;
}

/** Answers with a file, or a part of it. */
export class FileProducer extends Producer {
  private readonly size: u32 = info.size;
  private readonly modified: u32 = info.modified;
  private readonly encoded: u32 = info.encoded;
  /** Its path, once it is released. */
  private path: Output = path;

  /** Takes the file that was opened at `newPath` under the handle `file`, to send `length` bytes from `first` on. */
  constructor(
    private file: i32,
    private readonly first: u32,
    private readonly length: u32,
  ) {
    super();
    holder = this;
  }

  begin(c: Connection, response: Response): bool {
    if (!this.hold()) {
      freeShared();
      return answer(c, failure(503));
    }
    if (!changetype<usize>(response.type)) this.writeType(response.fields);
    if (!sendHead(c, response, this.length) || c.isGone || !this.length) {
      this.close();
      return complete(c);
    }
    if (!c.queue) return this.send(c, null);
    this.release();
    this.becomeBusy(c, new FileTransfer(this));
    return false;
  }

  /** Sends the file; as `begin`. With `transfer` the connection is BUSY already. */
  send(c: Connection, transfer: FileTransfer | null): bool {
    if (!this.hold()) {
      end(c, Close.RESET);
      return false;
    }
    holder = null;
    const sent = send_file(c.conn, this.file, this.first, this.length);
    if (sent > 0) {
      c.activity = null;
      return complete(c);
    }
    if (sent < 0) end(c, Close.RESET);
    else this.becomeBusy(c, transfer ? transfer : new FileTransfer(null));
    return false;
  }

  /** Closes the file until it is needed again. */
  release(): void {
    const copy = new Output();
    copy.bytes(path.start, path.length);
    copy.reserve(PATH_PAD);
    this.path = copy;
    this.close();
  }

  /** Opens the file again where it was released. False where it cannot be, or is another one by now. */
  private hold(): bool {
    if (holder == this) return true;
    const path = newPath();
    path.bytes(this.path.start, this.path.length);
    this.path = path;
    const file = open(path.start, path.length, this.encoded != 0);
    if (file < 0) return false;
    this.file = file;
    holder = this;
    if (info.size == this.size && info.modified == this.modified && info.encoded == this.encoded) return true;
    this.close();
    return false;
  }

  private close(): void {
    file_close(this.file);
    holder = null;
  }

  private becomeBusy(c: Connection, transfer: FileTransfer): void {
    transfer.unsent = this.length;
    c.state = State.BUSY;
    c.activity = transfer;
    wait(c, settings.sendTimeout);
    requestCollection();
  }

  private writeType(fields: Output): void {
    fields.ascii(ascii("Content-Type: "));
    appendFileType(fields, this.path.start, this.path.end);
    fields.ascii(ascii("\r\n"));
  }
}
