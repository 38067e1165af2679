/** A client's end of a connection, over TCP or in the sandbox. */

export interface Wire {
  /** Sends bytes; what was received before is forgotten. */
  write(data: Uint8Array | string): void;
  /**
   * Waits until what was received ends so, or has that anywhere where `anywhere` is set. Rejects where the connection ends
   * before that, or it takes too long.
   */
  until(end: string, anywhere?: boolean): Promise<void>;
  /** Waits until the server has ended the connection. */
  closed(): Promise<void>;
  /** Ends the connection in order, and waits until the server has ended it too. */
  end(): Promise<void>;
  /** Breaks it off. */
  reset(): Promise<void>;
}

export type Open = () => Promise<Wire>;
