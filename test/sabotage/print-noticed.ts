/** Prints which case noticed each sabotage, where one of them was not noticed. */
export function printNoticed(
  sabotages: readonly { readonly name: string }[],
  noticed: ReadonlyMap<string, string>,
): void {
  if (noticed.size === sabotages.length && process.env['SABOTAGE_TABLE'] === undefined) return;
  const table = sabotages.map(({ name }) => `${name}  ->  ${noticed.get(name) ?? 'NOBODY NOTICED'}`);
  console.error(`what noticed each sabotage:\n${table.join('\n')}`);
}
