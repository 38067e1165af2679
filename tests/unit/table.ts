/** A row of a table: the test of its name runs `check`. */
export abstract class Row {
  abstract check(): void;
}

const rows: Row[] = [];
let done = 0;

/** Makes a test of a row. Functions capture nothing, so each test takes the next row: tests run in the order they are made. */
export function testRow(name: string, row: Row): void {
  rows.push(row);
  it(name, () => {
    rows[done++].check();
  });
}
