/** Header fields in order, duplicates kept; names compare without case (RFC 9110, 5.1). */
export class Fields implements Iterable<readonly [name: string, value: string]> {
  constructor(private readonly lines: readonly (readonly [name: string, value: string])[]) {}

  /** The field's value, several lines joined by ", "; null where there is none. */
  get(name: string): string | null {
    const values = this.getAll(name);
    return values.length === 0 ? null : values.join(", ");
  }

  /** The values of all lines of that name, in order. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.lines.filter(([n]) => n.toLowerCase() === wanted).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.getAll(name).length > 0;
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.lines[Symbol.iterator]();
  }
}
