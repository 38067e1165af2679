import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { first } from "../bytes/swar";
import { bytesEqual } from "./swar";

// @ts-ignore: decorator
@inline const DOT: u32 = 0x2e;
// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const COLON: u32 = 0x3a;
// @ts-ignore: decorator
@inline const PLUS_XML: u32 = 0x6c6d782b;
// @ts-ignore: decorator
@inline const LONGEST: usize = 11;

/** The top-level types below; text is the first of them. */
// @ts-ignore: decorator
@inline const GROUPS: i32 = 6;

/**
 * Appends the media type of the file [from, end), a name or path, by its extension: with charset=utf-8 where it is text,
 * application/octet-stream where the extension is unknown. Sixteen bytes behind `end` can be read.
 */
export function appendFileType(out: Output, from: usize, end: usize): void {
  const extension = extensionOf(from, end);
  const length = end - extension;
  if (length) {
    const low = lower(load<u64>(extension));
    const high = lower(load<u64>(extension, 8));
    for (let group = 0; group < GROUPS; group++) {
      const names = namesOf(group);
      const name = find(names, low, high, length);
      if (!name) continue;
      appendFound(out, names + 1, name, name + length, !group);
      return;
    }
  }
  out.ascii(ascii("application/octet-stream"));
}

/** A top-level type, then extensions, the frequent ones first. Each has its subtype behind it where that is another word. */
function namesOf(group: i32): usize {
  switch (group) {
    case 0:
      return ascii(
        "text/,html,css,js:javascript,mjs:javascript,txt:plain,csv,xml,md:markdown,htm:html,ics:calendar,vtt,log:plain,ini:plain,conf:plain,cjs:javascript,tsv:tab-separated-values,vcf:vcard,",
      );
    case 1:
      return ascii(
        "image/,png,jpg:jpeg,svg:svg+xml,ico:vnd.microsoft.icon,webp,gif,jpeg,avif,bmp,apng,tif:tiff,tiff,heic,jxl,",
      );
    case 2:
      return ascii(
        "application/,json,wasm,pdf,zip,gz:gzip,map:json,webmanifest:manifest+json,yaml,yml:yaml,tar:x-tar,xhtml:xhtml+xml,rss:rss+xml,atom:atom+xml,jsonld:ld+json,geojson:geo+json,eot:vnd.ms-fontobject,m3u8:vnd.apple.mpegurl,7z:x-7z-compressed,zst:zstd,rtf,",
      );
    case 3:
      return ascii("font/,woff2,woff,ttf,otf,ttc:collection,");
    case 4:
      return ascii("audio/,mp3:mpeg,ogg,wav,m4a:mp4,oga:ogg,opus:ogg,aac,flac,weba:webm,mid:midi,midi,");
    default:
      return ascii("video/,mp4,webm,m4v:mp4,mov:quicktime,ogv:ogg,mpeg,mpg:mpeg,ts:mp2t,mkv:matroska,");
  }
}

/** Behind the last dot of the last segment of [from, end); `end` where there is no extension that could be known. */
function extensionOf(from: usize, end: usize): usize {
  let p = end;
  while (p > from && end - p <= LONGEST) {
    const code = <u32>load<u8>(p - 1);
    if (code == DOT) return p;
    if (code == SLASH || code == COMMA || code == COLON) return end;
    p--;
  }
  return end;
}

/** Where an extension of `length` stands in `names`; 0 where it does not. */
function find(names: usize, low: u64, high: u64, length: usize): usize {
  const mask: u64 = length < 8 ? ((<u64>1) << ((<u64>length) << 3)) - 1 : -1;
  const end = names + 1 + load<u8>(names);
  for (let p = names + 1; p < end; p++) {
    const word = load<u64>(p);
    if (!((word ^ low) & mask) && isWhole(p, high, length)) return p;
    let commas = bytesEqual(word, COMMA);
    while (!commas) {
      p += 8;
      commas = bytesEqual(load<u64>(p), COMMA);
    }
    p += first(commas);
  }
  return 0;
}

/** Whether the name at `p`, the first eight bytes of which are right, is right to its end. */
function isWhole(p: usize, high: u64, length: usize): bool {
  if (length > 8 && (load<u64>(p, 8) ^ high) & (((<u64>1) << ((<u64>length - 8) << 3)) - 1)) return false;
  const code = <u32>load<u8>(p + length);
  return code == COMMA || code == COLON;
}

function appendFound(out: Output, topLevel: usize, name: usize, nameEnd: usize, isText: bool): void {
  let from = name;
  let end = nameEnd;
  if (load<u8>(end) == COLON) {
    from = ++end;
    while (load<u8>(end) != COMMA) end++;
  }
  let slash = topLevel;
  while (load<u8>(slash) != COMMA) slash++;
  out.bytes(topLevel, <i32>(slash - topLevel));
  out.bytes(from, <i32>(end - from));
  if (isText || load<u32>(end - 4) == PLUS_XML) out.ascii(ascii("; charset=utf-8"));
}

/** Eight bytes with their letters in lower case; no other byte becomes a letter, a digit or "+". */
// @ts-ignore: decorator
@inline
function lower(word: u64): u64 {
  return word | ((word & 0x4040404040404040) >> 1);
}
