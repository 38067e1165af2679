/** A number such as -1.5; NaN where the text is none. */
export function parseNumber(text: string): f64 {
  const start = text.startsWith("-") ? 1 : 0;
  let digits = 0;
  let points = 0;
  for (let i = start; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char == 0x2e) points++;
    else if (char >= 0x30 && char <= 0x39) digits++;
    else return NaN;
  }
  return digits > 0 && points <= 1 ? parseFloat(text) : NaN;
}

export function sum(numbers: f64[]): f64 {
  let total = 0.0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i];
  return total;
}
