/** Longest text of a regular expression (AWS WAF API Reference, "RegexMatchStatement"). */
export const longestRegex = 512;

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** More alternatives than some number that nobody says are refused (AWS WAF Developer Guide, "Supported regular expression syntax in AWS WAF"). */
const mostAlternatives = 10;

/** Few anchored expressions of which one matches where a pattern does. */
export function alternatives(patterns: readonly string[]): readonly string[] {
  const groups: string[][] = [];
  for (const pattern of patterns) {
    const last = groups.at(-1);
    const fits =
      last !== undefined &&
      last.length < mostAlternatives &&
      anchored([...last, pattern]).length <= longestRegex;
    if (fits) last.push(pattern);
    else groups.push([pattern]);
  }
  return groups.map(anchored);
}

function anchored(patterns: readonly string[]): string {
  return `^(?:${patterns.join('|')})$`;
}

/** Decimal numbers above `limit`, with zeros in front or not. */
export function numberAbove(limit: number): string {
  const digits = String(limit);
  const longer = `[1-9][0-9]{${digits.length},}`;
  const higher = [...digits].flatMap((digit, place) => {
    if (digit === '9') return [];
    const rest = digits.length - place - 1;
    return [`${digits.slice(0, place)}[${Number(digit) + 1}-9]${rest === 0 ? '' : `[0-9]{${rest}}`}`];
  });
  return `^0*(?:${[longer, ...higher].join('|')})$`;
}
