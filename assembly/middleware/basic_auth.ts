import { ascii } from "../bytes/ascii";
import { decodeBase64 } from "../bytes/base64";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { failure } from "../server/dispatch";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { found } from "./field";
import { Middleware } from "./middleware";
import { appendRealm, findCredentials, Secrets } from "./secrets";

// @ts-ignore: decorator
@inline const COLON: u32 = 0x3a;

/**
 * Asks for a user name and a password (RFC 7617): 401 to whoever has none that are known. Who listens on the network can read
 * them: use it with HTTPS, or where you trust the network.
 */
export class BasicAuth extends Middleware {
  private challenge: Output = new Output();
  private secrets: Secrets = new Secrets();

  constructor(
    /** What the password is for, as browsers show it. */
    realm: string = "MicroServer",
    /** Whether a user may pass who is not named by `allow`. It may wait. Compare secrets by `secureEquals`. */
    private readonly check: ((user: string, password: string) => bool) | null = null,
  ) {
    super();
    const challenge = this.challenge;
    challenge.ascii(ascii('WWW-Authenticate: Basic realm="'));
    appendRealm(challenge, realm);
    challenge.ascii(ascii('", charset="UTF-8"\r\n'));
  }

  /** Lets a user pass. */
  allow(user: string, password: string): this {
    const pair = this.secrets.add();
    pair.text(user);
    for (let p = pair.start; p < pair.end; p++) {
      if (load<u8>(p) == COLON) fail(ascii("BasicAuth: a user name has no colon: "), user);
    }
    pair.byte(COLON);
    pair.text(password);
    return this;
  }

  handle(request: Request, next: Next): Response {
    if (findCredentials(ascii("basic")) && this.isKnown()) return next.run(request);
    const response = failure(401);
    response.fields.bytes(this.challenge.start, this.challenge.length);
    return response;
  }

  /** Whether the credentials that were found are good. */
  private isKnown(): bool {
    const size = found.length;
    const pair = takeScratch(size);
    const length = decodeBase64(found.from, size, pair);
    if (this.secrets.has(pair, length)) {
      freeScratch(pair);
      return true;
    }
    const check = this.check;
    let colon = 0;
    while (colon < length && load<u8>(pair + colon) != COLON) colon++;
    if (!check || colon >= length) {
      freeScratch(pair);
      return false;
    }
    const user = decodeText(pair, colon);
    const password = decodeText(pair + colon + 1, length - colon - 1);
    freeScratch(pair);
    return check(user, password);
  }
}
