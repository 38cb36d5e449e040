import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';

/** Collects findings; a fact that several operations inherit is found for each of them and told once. */
export function collectDiagnostics(): { readonly found: Diagnostic[]; readonly report: Report } {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const report: Report = (one) => {
    const key = JSON.stringify([one.code, one.at, one.message]);
    if (seen.has(key)) return;
    seen.add(key);
    found.push(one);
  };
  return { found, report };
}
