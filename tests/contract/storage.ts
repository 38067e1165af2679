/** The storage calls, as any host answers them: exchanges with tests/apps/storage, on an empty storage. */

export interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly body?: string;
  /** Content of the answer, which has status 200. */
  readonly answer: string;
}

const get = (key: string, answer: string): Exchange => ({ method: "GET", target: `/value?key=${key}`, answer });
const put = (key: string, body: string, answer: string): Exchange => ({
  method: "PUT",
  target: `/value?key=${key}`,
  body,
  answer,
});
const remove = (key: string, answer: string): Exchange => ({ method: "DELETE", target: `/value?key=${key}`, answer });
const putLong = (key: string, length: number, answer: string): Exchange => ({
  method: "PUT",
  target: `/long/${length}?key=${key}`,
  answer,
});
const lengthOf = (key: string, answer: string): Exchange => ({ method: "GET", target: `/length?key=${key}`, answer });
const putInt = (key: string, sign: string, value: number, answer: string): Exchange => ({
  method: "PUT",
  target: `/int/${sign}/${value}?key=${key}`,
  answer,
});
const getInt = (key: string, answer: string): Exchange => ({ method: "GET", target: `/int/42?key=${key}`, answer });

const KEPT = "true NONE";
const INVALID = "false INVALID";
const FULL = "false FULL";

/** Keys that no storage takes, percent-encoded. */
const badKeys = ["", "sixteen-letters-", "a%20b", "%20", "a%00", "%7f", "a%0a", "%c3%bc", "%f0%9f%98%80"];

export const exchanges: Readonly<Record<string, readonly Exchange[]>> = {
  "keeps a text, and another one instead": [
    get("name", "false ABSENT"),
    put("name", "kitchen", KEPT),
    get("name", '"kitchen" NONE'),
    put("name", "hall", KEPT),
    get("name", '"hall" NONE'),
    put("name", "a far longer name than before", KEPT),
    get("name", '"a far longer name than before" NONE'),
  ],
  "keeps an empty text, which is not none": [put("note", "", KEPT), get("note", '"" NONE')],
  "keeps any UTF-8": [put("note", "Grüße, 世界 😀\n", KEPT), get("note", '"Grüße, 世界 😀\n" NONE')],
  "forgets a key, and does not mind one that is absent": [
    put("a", "1", KEPT),
    put("b", "2", KEPT),
    put("c", "3", KEPT),
    remove("b", KEPT),
    get("a", '"1" NONE'),
    get("b", "false ABSENT"),
    get("c", '"3" NONE'),
    remove("b", KEPT),
  ],
  "tells keys apart by each letter": [
    put("Key", "1", KEPT),
    put("key", "2", KEPT),
    put("ke", "3", KEPT),
    get("Key", '"1" NONE'),
    get("key", '"2" NONE'),
    get("ke", '"3" NONE'),
    get("keys", "false ABSENT"),
  ],
  "takes keys of 1 to 15 visible characters": [
    put("fifteen-letters", "1", KEPT),
    put("!", "2", KEPT),
    put("~", "3", KEPT),
    get("fifteen-letters", '"1" NONE'),
    get("!", '"2" NONE'),
    get("~", '"3" NONE'),
  ],
  "refuses other keys": badKeys.flatMap((key) => [put(key, "1", INVALID), get(key, INVALID), remove(key, INVALID)]),
  "keeps values of up to 4000 bytes": [
    ...[63, 64, 65, 4000].flatMap((length) => [putLong("long", length, KEPT), lengthOf("long", String(length))]),
    putLong("long", 4001, INVALID),
    lengthOf("long", "4000"),
    remove("long", KEPT),
  ],
  "keeps whole numbers": [
    getInt("count", "42"),
    putInt("count", "plus", 0, KEPT),
    getInt("count", "0"),
    putInt("count", "plus", 2147483647, KEPT),
    getInt("count", "2147483647"),
    putInt("count", "minus", 2147483647, KEPT),
    getInt("count", "-2147483647"),
    get("count", '"-2147483647" NONE'),
  ],
  "has no number where the text is none": ["", "12a", "1.5", " 1", "+1"].flatMap((text) => [
    put("count", text, KEPT),
    getInt("count", "42"),
  ]),
  "is full at some time, and keeps what it has": [
    ...["1", "2", "3", "4"].map((key) => putLong(`big${key}`, 4000, KEPT)),
    putLong("big5", 4000, KEPT),
    putLong("big6", 4000, FULL),
    putLong("big1", 3999, KEPT),
    put("note", "x".repeat(2000), FULL),
    get("note", "false ABSENT"),
    lengthOf("big1", "3999"),
    lengthOf("big5", "4000"),
    remove("big2", KEPT),
    putLong("big6", 4000, KEPT),
    lengthOf("big6", "4000"),
  ],
};

/** What every call answers where the board has no storage (UNSUPPORTED), or apps may not use it (DENIED). */
export function refused(error: string): readonly Exchange[] {
  const answer = `false ${error}`;
  return [
    { method: "GET", target: "/support", answer: "false 0" },
    put("name", "kitchen", answer),
    get("name", answer),
    remove("name", answer),
    putInt("count", "plus", 1, answer),
    getInt("count", "42"),
    { method: "GET", target: "/starts", answer: "1" },
  ];
}
