import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { hasClaims } from '../../extension/index.ts';
import type { Authentication, Authenticator, Requirement } from '../../model/authentication.ts';
import type { Method } from '../../model/gateway.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { SecurityRequirement, SecurityScheme } from '../../openapi/document.ts';
import {
  everythingPublic,
  optionalWithoutReason,
  publicUnsafe,
  schemeUnbound,
  scopesWithoutClaims,
  securityAbsent,
} from '../diagnostics.ts';

export interface SecurityInput {
  /** How messages name the operation. */
  readonly title: string;
  readonly at: Origin;
  readonly method: Method;
  /** Own security of the operation, and that of its document's root. */
  readonly own: Sourced<readonly SecurityRequirement[]> | undefined;
  readonly root: Sourced<readonly SecurityRequirement[]> | undefined;
  /** Nearest `public.reason` of operation and path, and that of the document's defaults. */
  readonly reason: string | undefined;
  readonly defaultReason: string | undefined;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  /** Kinds of declared authenticators, also of those that could not be read. */
  readonly authenticators: ReadonlyMap<string, Authenticator['kind']>;
}

/**
 * The effective security of an operation by the table of LANGUAGE.md §4, or undefined after a report. Absent, `[]`,
 * and a list with `{}` are three different inputs. A reason in `defaults` speaks for the root's security only.
 */
export function effectiveSecurity(input: SecurityInput, report: Report): Sourced<Authentication> | undefined {
  const security = input.own ?? input.root;
  if (security === undefined) {
    report(diagnostic(securityAbsent, input.at, { operation: input.title }, { side: 'key' }));
    return undefined;
  }
  const inherited = input.own === undefined;
  const reason = input.reason ?? (inherited ? input.defaultReason : undefined);
  const { at } = security;
  if (security.value.length === 0) {
    return allowsPublic(input, inherited, reason, at, report)
      ? { value: { kind: 'public', reason }, at }
      : undefined;
  }
  const anyOf = security.value.flatMap(({ schemes }) =>
    schemes.length === 0 ? [] : [requirements(schemes)],
  );
  const optional = anyOf.length < security.value.length;
  if (optional && reason === undefined) {
    report(diagnostic(optionalWithoutReason, at, { operation: input.title }));
    return undefined;
  }
  if (!areBound(security.value, input, report)) return undefined;
  if (anyOf.length === 0) return { value: { kind: 'public', reason }, at };
  return {
    value: { kind: optional ? 'optional' : 'required', anyOf, reason: optional ? reason : undefined },
    at,
  };
}

function requirements(schemes: SecurityRequirement['schemes']): readonly Requirement[] {
  return schemes.map(({ name, scopes }) => ({ authenticator: name, scopes }));
}

/** GET, HEAD and OPTIONS change nothing (RFC 9110 §9.2.1); TRACE is never served. */
function isSafe(method: Method): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function allowsPublic(
  input: SecurityInput,
  inherited: boolean,
  reason: string | undefined,
  at: Origin,
  report: Report,
): boolean {
  if (reason !== undefined || (!inherited && isSafe(input.method))) return true;
  report(
    inherited
      ? diagnostic(everythingPublic, at, {})
      : diagnostic(publicUnsafe, at, { operation: input.title, method: input.method }),
  );
  return false;
}

/** A scheme that is not declared was reported where the document was checked. */
function areBound(security: readonly SecurityRequirement[], input: SecurityInput, report: Report): boolean {
  let bound = true;
  for (const { name, scopes, at } of security.flatMap(({ schemes }) => schemes)) {
    const scheme = input.schemes.get(name);
    const kind = input.authenticators.get(name);
    if (scheme === undefined) {
      bound = false;
    } else if (kind === undefined) {
      const suggestion = didYouMean(name, input.authenticators.keys());
      const options = { side: 'key', related: [related('The scheme.', scheme.at, 'key')] } as const;
      report(diagnostic(schemeUnbound, at, { scheme: name, suggestion }, options));
      bound = false;
    } else if (!hasClaims(kind) && scopes.length > 0) {
      const facts = { operation: input.title, scheme: name, kind };
      report(diagnostic(scopesWithoutClaims, at, facts));
      bound = false;
    }
  }
  return bound;
}
