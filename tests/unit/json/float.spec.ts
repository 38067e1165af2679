import { again, read, refusal, written } from "./support";

/** Numbers whose text is their shortest. */
const SHORTEST =
  "0.0 -0.0 1.0 -1.5 21.5 0.1 4.35 100.0 1234.5678 0.3 0.30000000000000004 0.3333333333333333 " +
  "0.6666666666666666 999999999999999.9 1000000000000000.0 9007199254740991.0 9007199254740992.0 " +
  "123456789012345680000.0 100000000000000000000.0 1e+21 1e+22 1e+23 1.2345e+25 0.000001 0.0000015 1e-7 " +
  "1.5e-7 2.9802322387695312e-8 5.684341886080802e-14 2.2250738585072014e-308 2.225073858507201e-308 " +
  "5e-324 1e-323 1.7976931348623157e+308 3.141592653589793 2.718281828459045 6.02214076e+23 " +
  "9.5367431640625e-7";

const SHORTEST_F32 = "0.0 -0.0 0.1 21.3 -40.25 0.33333334 16777216.0 3.4028235e+38 1.1754944e-38 1e-45 1e-7 1e+21";

describe("floating point numbers in JSON", () => {
  it("writes the fewest digits that read back as the same f64", () => {
    const texts = SHORTEST.split(" ");
    for (let i = 0; i < texts.length; i++) expect(again<f64>(texts[i])).toBe(texts[i]);
  });

  it("writes the fewest digits that read back as the same f32", () => {
    const texts = SHORTEST_F32.split(" ");
    for (let i = 0; i < texts.length; i++) expect(again<f32>(texts[i])).toBe(texts[i]);
  });

  it("reads back what it wrote, at every power of two and its neighbours", () => {
    for (let exponent: u64 = 0; exponent < 2047; exponent++) {
      for (let step = -1; step <= 1; step++) {
        const value = reinterpret<f64>((exponent << 52) + step);
        if (isFinite(value)) expect(read<f64>(written(value))).toBe(value);
      }
    }
  });

  it("reads back what it wrote, for numbers from everywhere", () => {
    let bits: u64 = 0x9e3779b97f4a7c15;
    for (let i = 0; i < 4000; i++) {
      bits ^= bits << 13;
      bits ^= bits >> 7;
      bits ^= bits << 17;
      const value = reinterpret<f64>(bits);
      const single = reinterpret<f32>(<u32>bits);
      if (isFinite(value)) expect(read<f64>(written(value))).toBe(value);
      if (isFinite(single)) expect(read<f32>(written(single))).toBe(single);
    }
  });

  it("writes null for what is not finite", () => {
    expect(written<f64>(NaN)).toBe("null");
    expect(written<f64>(Infinity)).toBe("null");
    expect(written<f64>(-Infinity)).toBe("null");
    expect(written<f32>(f32.NaN)).toBe("null");
  });

  it("reads every way of writing a number", () => {
    expect(read<f64>("0")).toBe(0);
    expect(read<f64>("12")).toBe(12);
    expect(read<f64>("-12.50")).toBe(-12.5);
    expect(read<f64>("1e3")).toBe(1000);
    expect(read<f64>("1E+3")).toBe(1000);
    expect(read<f64>("1.25e-2")).toBe(0.0125);
    expect(read<f64>("0e999999999999")).toBe(0);
    expect(read<f64>("1" + "0".repeat(400) + "e-400")).toBe(1);
    expect(read<f64>("0." + "0".repeat(400) + "1e401")).toBe(1);
  });

  it("rounds to the nearest, ties to even", () => {
    expect(read<f64>("9007199254740993")).toBe(9007199254740992);
    expect(read<f64>("9007199254740995")).toBe(9007199254740996);
    expect(read<f64>("9007199254740993.1")).toBe(9007199254740994);
    expect(read<f64>("1.00000000000000011102230246251565")).toBe(1);
    expect(read<f64>("2.4703282292062327e-324")).toBe(0);
    expect(read<f64>("2.4703282292062328e-324")).toBe(5e-324);
    expect(read<f64>("2.2250738585072011e-308")).toBe(2.225073858507201e-308);
    expect(read<f64>("1.7976931348623158e308")).toBe(f64.MAX_VALUE);
    expect(read<f64>("18446744073709551615")).toBe(18446744073709551615.0);
  });

  it("reads 0 below the range and refuses what is above", () => {
    expect(read<f64>("1e-400")).toBe(0);
    expect(read<f64>("1e-99999999999")).toBe(0);
    expect(refusal<f64>("1e400")).toBe("1e400 does not fit f64 at byte 0");
    expect(refusal<f64>("-1.7976931348623159e308")).toBe("-1.7976931348623159e308 does not fit f64 at byte 0");
    expect(refusal<f64>("1e99999999999")).toBe("1e99999999999 does not fit f64 at byte 0");
    expect(refusal<f32>("3.5e38")).toBe("3.5e38 does not fit f32 at byte 0");
  });
});
