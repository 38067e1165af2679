import { ascii } from "../bytes/ascii";
import { openMultipart } from "../http/multipart";
import { content, head } from "../http/parser";
import { current } from "../server/current";
import { fieldValue, findField } from "../server/fields";
import { FormSaver } from "./form_saver";
import { incoming } from "./incoming";
import { nextPiece } from "./read_body";
import { UploadLimits } from "./upload_limits";
import { Uploads } from "./uploads";

/** Stores the files of the current request's form in a folder. Waits for them where the content comes in pieces. */
export function saveUploads(folder: string, limits: UploadLimits): Uploads {
  const i = findField(ascii("content-type"));
  if (i < 0) return unsupported();
  const type = fieldValue(i);
  const reader = openMultipart(type, type + head.fieldAt(i).valueLength);
  if (!reader) return unsupported();
  const saver = new FormSaver(reader, folder, limits);
  const body = incoming;
  if (body) {
    body.partial = saver;
    while (nextPiece(body)) if (!saver.feed(body.piece, body.piece + body.length)) break;
    body.partial = null;
    if (body.status) saver.refuse(body.status, body.reason);
  } else {
    const from = current.base + content.start;
    saver.feed(from, from + content.length);
  }
  saver.finish();
  return saver.result;
}

function unsupported(): Uploads {
  const result = new Uploads();
  result.status = 415;
  result.error = "the content must be multipart/form-data with a boundary";
  return result;
}
