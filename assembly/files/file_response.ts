import { FileError, file_close, Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { evaluate, Representation } from "../http/conditional";
import { DATE_LENGTH, writeDate } from "../http/date";
import { acceptsGzip } from "../http/encoding";
import { ETAG_SIZE, writeEtag } from "../http/etag";
import { head } from "../http/parser";
import { appendContentRange, part } from "../http/range";
import { current } from "../server/current";
import { failure } from "../server/dispatch";
import { beginLine, endLine } from "../server/log";
import { produce, Response } from "../server/response";
import { host } from "../server/window";
import { FileProducer, newPath } from "./file_producer";
import { info, openFor } from "./open_file";

// @ts-ignore: decorator
@lazy const etag: usize = memory.data(ETAG_SIZE);
// @ts-ignore: decorator
@lazy const selected: Representation = changetype<Representation>(memory.data(offsetof<Representation>(), 8));

/** The answer of `Response.file`. */
export function fileAt(name: string, contentType: string, maxAge: i32, status: i32): Response {
  const path = newPath();
  path.text(name);
  const response = openedFile(openRequested(path), path, maxAge, status);
  if (contentType.length && response.producer) response.setType(contentType);
  return response;
}

/** Whether a request is being answered: a timer may make an answer, too, and then there are no fields to look at. */
function isAsked(): bool {
  return current.conn >= 0;
}

/** Opens the file at a path, as the request accepts it: a handle, or a FileError. */
export function openRequested(path: Output): i32 {
  const file = openFor(path.start, path.length, isAsked() && acceptsGzip(head, current.base + head.section));
  if (file < 0 || <i32>info.size >= 0) return file;
  file_close(file);
  return FileError.FAILED;
}

/**
 * The answer to a request with what `openRequested` returned: the file, a part of it, or that the client has it already
 * (RFC 9110 §13); else why there is no file. With a status other than 200 it is the file as a whole.
 */
export function openedFile(file: i32, path: Output, maxAge: i32, status: i32): Response {
  if (file < 0) return refused(file, path);
  part.first = 0;
  part.length = info.size;
  if (status != 200) {
    const response = fileFrom(file, status);
    response.fields.ascii(ascii("Vary: Accept-Encoding\r\n"));
    return response;
  }

  const now = host.unixTime;
  const modified = now ? min(info.modified, now) : info.modified;
  selected.etag = etag;
  selected.etagLength = <i32>(writeEtag(etag, info.size, info.modified, info.encoded != 0) - etag);
  selected.modified = modified;
  selected.size = info.size;
  selected.isRanged = true;
  if (isAsked()) status = evaluate(head, current.base + head.section, selected, now);
  if (status >= 300) {
    file_close(file);
    return withoutContent(status, maxAge, info.size);
  }

  const response = fileFrom(file, status);
  const fields = response.fields;
  describe(fields, maxAge);
  if (modified) {
    fields.ascii(ascii("\r\nLast-Modified: "));
    writeDate(fields.reserve(DATE_LENGTH), modified);
    fields.end += DATE_LENGTH;
  }
  fields.ascii(ascii("\r\nAccept-Ranges: bytes\r\n"));
  if (status == 206) appendPart(fields, status, info.size);
  return response;
}

/** The answer with the open file, or of it what `part` names. */
function fileFrom(file: i32, status: i32): Response {
  const response = produce(status, new FileProducer(file, part.first, part.length), "");
  if (info.encoded) response.fields.ascii(ascii("Content-Encoding: gzip\r\n"));
  return response;
}

/** The answer that the conditions of a request lead to: 304, 412 or 416. */
function withoutContent(status: i32, maxAge: i32, size: u32): Response {
  if (status != 304) {
    const response = failure(status);
    if (status == 416) appendPart(response.fields, status, size);
    return response;
  }
  const response = Response.empty(304);
  describe(response.fields, maxAge);
  response.fields.ascii(ascii("\r\n"));
  return response;
}

/** Appends what a 304 has, too (RFC 9110 §15.4.5), up to the end of the last line. */
function describe(fields: Output, maxAge: i32): void {
  if (selected.etagLength) {
    fields.ascii(ascii("Vary: Accept-Encoding\r\nETag: "));
    fields.bytes(etag, selected.etagLength);
  } else fields.ascii(ascii("Vary: Accept-Encoding"));
  if (!maxAge) fields.ascii(ascii("\r\nCache-Control: no-cache"));
  else if (maxAge > 0) {
    fields.ascii(ascii("\r\nCache-Control: public, max-age="));
    fields.int(maxAge);
  }
}

function appendPart(fields: Output, status: i32, size: u32): void {
  fields.ascii(ascii("Content-Range: "));
  appendContentRange(fields, status, size);
  fields.ascii(ascii("\r\n"));
}

/** The answer where a file cannot be opened. */
function refused(error: i32, path: Output): Response {
  if (error == FileError.ABSENT || error == FileError.DIRECTORY) return failure(404);
  if (error == FileError.FORBIDDEN) return failure(403);
  if (error == FileError.BUSY) {
    const response = failure(503);
    response.fields.ascii(ascii("Retry-After: 1\r\n"));
    return response;
  }
  const line = beginLine();
  line.ascii(ascii("cannot read the file "));
  line.bytes(path.start, path.length);
  endLine(Level.ERROR);
  return failure(500);
}
