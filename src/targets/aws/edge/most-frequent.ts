/** The number that occurs most often, the smallest of several; `otherwise` where there is none. */
export function mostFrequent(numbers: readonly number[], otherwise: number): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const [first] = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  return first?.[0] ?? otherwise;
}
