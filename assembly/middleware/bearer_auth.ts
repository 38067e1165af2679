import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { decodeText } from "../bytes/text";
import { failure } from "../server/dispatch";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { found } from "./field";
import { Middleware } from "./middleware";
import { appendRealm, findCredentials, Secrets } from "./secrets";

/** Asks for a token (RFC 6750 §2.1): 401 to whoever has none that is known. */
export class BearerAuth extends Middleware {
  private challenge: Output = new Output();
  private secrets: Secrets = new Secrets();

  constructor(
    realm: string = "MicroServer",
    /** Whether a token is good that is not named by `allow`. It may wait. Compare secrets by `secureEquals`. */
    private readonly check: ((token: string) => bool) | null = null,
  ) {
    super();
    const challenge = this.challenge;
    challenge.ascii(ascii('WWW-Authenticate: Bearer realm="'));
    appendRealm(challenge, realm);
    challenge.byte(0x22);
  }

  /** Lets whoever has this token pass. */
  allow(token: string): this {
    this.secrets.add().text(token);
    return this;
  }

  handle(request: Request, next: Next): Response {
    const hasToken = findCredentials(ascii("bearer"));
    if (hasToken && this.isKnown()) return next.run(request);
    const response = failure(401);
    response.fields.bytes(this.challenge.start, this.challenge.length);
    if (hasToken) response.fields.ascii(ascii(', error="invalid_token"'));
    response.fields.ascii(ascii("\r\n"));
    return response;
  }

  private isKnown(): bool {
    if (this.secrets.has(found.from, found.length)) return true;
    const check = this.check;
    return check ? check(decodeText(found.from, found.length)) : false;
  }
}
