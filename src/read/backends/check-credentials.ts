import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Backend } from '../../model/gateway.ts';
import { headerConflict } from '../diagnostics.ts';

/** The header of a back end's credential carries nothing else; `owned` are the headers of claims and certificates. */
export function checkCredentials(
  backends: readonly Backend[],
  owned: readonly string[],
  report: Report,
): void {
  const carriers = new Set(owned.map((name) => name.toLowerCase()));
  for (const { name, credentials } of backends) {
    if (credentials === undefined || !carriers.has(credentials.value.header.toLowerCase())) continue;
    const problem = `carries the credential for the back end "${name}" and is named under "forward"`;
    report(diagnostic(headerConflict, credentials.at, { header: credentials.value.header, problem }));
  }
}
