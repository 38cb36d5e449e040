import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { credentialHeader } from '../../extension/values/header.ts';
import { cookieName } from '../../extension/values/names.ts';
import type { CredentialPlace } from '../../model/authentication.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { childOrigin, nodeOf } from '../../source/node.ts';
import { schemeUnsuitable } from '../diagnostics.ts';

const authorization: CredentialPlace = { kind: 'header', name: 'Authorization' };

/**
 * Why no token can be bound to a scheme, whatever the authenticator says. In 2.0 every scheme but `basic` can carry
 * one (LANGUAGE.md §9.4).
 */
export function unsuitable(scheme: SecurityScheme): string | undefined {
  if (scheme.type === 'http' && scheme.scheme !== 'bearer') return `it is http "${scheme.scheme ?? ''}"`;
  return scheme.type === 'mutualTLS' ? 'it is mutualTLS' : undefined;
}

/** Where a scheme says that its credential is; undefined after a report (a query, or a name that no request can have). */
export function credentialPlace(scheme: SecurityScheme, report: Report): CredentialPlace | undefined {
  if (scheme.type !== 'apiKey' || scheme.place === undefined) return authorization;
  const name = nodeOf(scheme.place.name, childOrigin(scheme.at, 'name'));
  if (scheme.place.in === 'query') {
    const problem = `its credential stands in the query parameter "${scheme.place.name}", where logs and browsers keep it`;
    report(diagnostic(schemeUnsuitable, scheme.at, { scheme: scheme.name, problem }));
    return undefined;
  }
  if (scheme.place.in === 'cookie') {
    const cookie = cookieName.read(name, report);
    return cookie === undefined ? undefined : { kind: 'cookie', name: cookie };
  }
  const header = credentialHeader.read(name, report);
  if (header === undefined) return undefined;
  return header.toLowerCase() === 'authorization' ? authorization : { kind: 'header', name: header };
}
