import { parseNumber, sum } from "../sum";

describe("parseNumber", () => {
  it("reads whole numbers, fractions and signs", () => {
    expect(parseNumber("7")).toBe(7);
    expect(parseNumber("-2.5")).toBe(-2.5);
    expect(parseNumber(".5")).toBe(0.5);
  });

  it("says NaN of anything else", () => {
    const texts = ["", "-", ".", "1.2.3", "1-2", "seven", "7 ", "1e3"];
    for (let i = 0; i < texts.length; i++) expect(isNaN(parseNumber(texts[i]))).toBe(true, texts[i]);
  });
});

describe("sum", () => {
  it("adds", () => {
    expect(sum([])).toBe(0);
    expect(sum([1, 2.5, -3])).toBe(0.5);
  });
});
