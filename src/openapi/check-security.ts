import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Sourced } from '../model/origin.ts';
import { UNDECLARED_SCOPE, UNKNOWN_SCHEME } from './diagnostics.ts';
import type { ApiDocument, SecurityRequirement } from './document.ts';

/** `declared` are the names of all schemes, readable or not. Every requirement names a declared scheme and, where the scheme declares scopes, declared scopes. */
export function checkSecurity(api: ApiDocument, declared: ReadonlySet<string>, report: Report): void {
  const check = (security: ApiDocument['security']) => checkRequirements(api, declared, security, report);
  check(api.security);
  for (const { operations } of api.paths) {
    for (const { security } of operations) check(security);
  }
}

function checkRequirements(
  api: ApiDocument,
  declared: ReadonlySet<string>,
  security: Sourced<readonly SecurityRequirement[]> | undefined,
  report: Report,
): void {
  for (const { schemes } of security?.value ?? []) {
    for (const requirement of schemes) checkScheme(api, declared, requirement, report);
  }
}

function checkScheme(
  api: ApiDocument,
  declared: ReadonlySet<string>,
  { name, scopes, at }: SecurityRequirement['schemes'][number],
  report: Report,
): void {
  const scheme = api.schemes.get(name);
  if (scheme === undefined) {
    // What is wrong with a declaration has been said where it stands.
    if (declared.has(name)) return;
    const where = api.openapi === '2.0' ? '"securityDefinitions"' : '"components.securitySchemes"';
    const facts = { name, where, suggestion: didYouMean(name, declared) };
    report(diagnostic(UNKNOWN_SCHEME, at, facts, { side: 'key' }));
    return;
  }
  for (const scope of scopes) {
    if (scheme.scopes === undefined || scheme.scopes.has(scope)) continue;
    report(
      diagnostic(UNDECLARED_SCOPE, at, { scope, scheme: name, suggestion: didYouMean(scope, scheme.scopes) }),
    );
  }
}
