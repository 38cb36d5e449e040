import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Backend } from '../../model/backend.ts';
import { headerConflict } from '../diagnostics.ts';

/** The header of a back end's credential carries nothing else; `owned` are the headers of claims and certificates. */
export function checkCredentials(
  backends: readonly Backend[],
  owned: readonly string[],
  report: Report,
): void {
  const carriers = new Set(owned.map((name) => name.toLowerCase()));
  for (const backend of backends) {
    const credentials = backend.kind === 'http' ? backend.credentials : undefined;
    if (credentials?.value.kind !== 'header') continue;
    const { header } = credentials.value;
    if (!carriers.has(header.toLowerCase())) continue;
    const problem = `carries the credential for the back end "${backend.name}" and is named under "forward"`;
    report(diagnostic(headerConflict, credentials.at, { header, problem }));
  }
}
