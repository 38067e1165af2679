import { ascii } from "../bytes/ascii";

/** The reason phrase that was found last: its address and its length in bytes. */
export let phrase: usize = 0;
export let phraseLength: usize = 0;

/** Finds the reason phrase of a status code (RFC 9110 §15, RFC 6585), an empty one where there is none here. */
export function findPhrase(status: i32): void {
  let p: usize;
  if (status < 300) p = ascii("101Switching Protocols;200OK;201Created;202Accepted;204No Content;206Partial Content;");
  else if (status < 400) {
    p = ascii(
      "301Moved Permanently;302Found;303See Other;304Not Modified;307Temporary Redirect;308Permanent Redirect;",
    );
  } else if (status < 412) {
    p = ascii(
      "400Bad Request;401Unauthorized;403Forbidden;404Not Found;405Method Not Allowed;406Not Acceptable;408Request Timeout;409Conflict;410Gone;411Length Required;",
    );
  } else if (status < 500) {
    p = ascii(
      "412Precondition Failed;413Content Too Large;414URI Too Long;415Unsupported Media Type;416Range Not Satisfiable;417Expectation Failed;418I'm a Teapot;422Unprocessable Content;426Upgrade Required;429Too Many Requests;431Request Header Fields Too Large;",
    );
  } else p = ascii("500Internal Server Error;501Not Implemented;503Service Unavailable;505HTTP Version Not Supported;");

  phraseLength = 0;
  const end = p + 1 + load<u8>(p);
  for (p++; p < end; p++) {
    const code = <i32>load<u8>(p) * 100 + load<u8>(p, 1) * 10 + load<u8>(p, 2) - 5328;
    p += 3;
    phrase = p;
    while (load<u8>(p) != 0x3b) p++;
    if (code != status) continue;
    phraseLength = p - phrase;
    return;
  }
}

/** Whether answers of this status never carry content (RFC 9110 §6.4.1). */
// @ts-ignore: decorator
@inline
export function hasNoContent(status: i32): bool {
  return status != 200 && (status < 200 || status == 204 || status == 304);
}
