import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { AuthenticatorBlock } from '../../extension/index.ts';
import type { Algorithm, Authenticator, CredentialPlace } from '../../model/authentication.ts';
import type { Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import type { Documents } from '../../source/documents.ts';
import { byName } from '../by-name.ts';
import { schemesDiffer, schemeUnsuitable } from '../diagnostics.ts';
import { readKeySet } from '../keys/read-key-set.ts';
import { credentialPlace, unsuitable } from './credential-place.ts';
import { readLogin } from './read-login.ts';

const defaultAlgorithms: readonly Algorithm[] = ['RS256', 'ES256', 'PS256'];
const defaultClockSkewSeconds = 30;

/**
 * The authenticator of the security schemes that have its name (one for each document), or undefined after a report.
 * Keys are read from their file; the credential is where the schemes say unless `from` says otherwise.
 */
export function readAuthenticator(
  name: string,
  { value: block, at }: Sourced<AuthenticatorBlock>,
  schemes: readonly SecurityScheme[],
  documents: Documents,
  report: Report,
): Authenticator | undefined {
  const algorithms = values(block.algorithms) ?? { value: defaultAlgorithms, at };
  const file = block.jwks.value.file;
  const set = documents.load(file.value, file.at, report);
  const keys = set === undefined ? undefined : readKeySet(set, algorithms.value, report);
  const from = places(block, schemes, report);
  if (keys === undefined || from === undefined) return undefined;
  const skew = block.clockSkew;
  return {
    kind: 'jwt',
    name,
    issuers: {
      value: [
        {
          issuer: { value: block.issuer.value.text, at: block.issuer.at },
          audiences: { value: block.audiences.value.map(({ value }) => value), at: block.audiences.at },
          keys: { value: { kind: 'pinned', keys }, at: file.at },
        },
      ],
      at: block.issuer.at,
    },
    algorithms,
    clockSkewSeconds:
      skew === undefined ? { value: defaultClockSkewSeconds, at } : { value: skew.value / 1000, at: skew.at },
    scopeClaims: block.scopeClaim === undefined ? [['scope'], ['scp']] : [block.scopeClaim.value],
    roleClaim: block.roleClaim?.value ?? ['roles'],
    from,
    forward: byName(block.forward?.value ?? []).map(([header, claim]) => ({
      header,
      fact: { kind: 'claim', claim: claim.value },
    })),
    stripToken: block.stripToken?.value ?? false,
    login: readLogin(block.login, schemes),
    at,
  };
}

function values<T>(list: Sourced<readonly Sourced<T>[]> | undefined): Sourced<readonly T[]> | undefined {
  return list === undefined ? undefined : { value: list.value.map(({ value }) => value), at: list.at };
}

function places(
  block: AuthenticatorBlock,
  schemes: readonly SecurityScheme[],
  report: Report,
): Sourced<readonly CredentialPlace[]> | undefined {
  let suitable = true;
  for (const scheme of schemes) {
    const problem = unsuitable(scheme);
    if (problem === undefined) continue;
    report(diagnostic(schemeUnsuitable, scheme.at, { scheme: scheme.name, problem }));
    suitable = false;
  }
  if (!suitable) return undefined;
  const stated = values(block.from);
  if (stated !== undefined) return { ...stated, value: stated.value.map(canonicalPlace) };
  return samePlace(schemes, report);
}

/** `authorization` in any case is the field that carries a scheme token; every other header carries the bare token. */
function canonicalPlace(place: CredentialPlace): CredentialPlace {
  const isAuthorization = place.kind === 'header' && place.name.toLowerCase() === 'authorization';
  return isAuthorization ? { kind: 'header', name: 'Authorization' } : place;
}

function samePlace(
  schemes: readonly SecurityScheme[],
  report: Report,
): Sourced<readonly CredentialPlace[]> | undefined {
  let first: { readonly place: CredentialPlace; readonly scheme: SecurityScheme } | undefined;
  for (const scheme of schemes) {
    const place = credentialPlace(scheme, report);
    if (place === undefined) return undefined;
    if (first === undefined) first = { place, scheme };
    else if (JSON.stringify(first.place) !== JSON.stringify(place)) {
      const options = { related: [related('The other document.', first.scheme.at)] };
      report(diagnostic(schemesDiffer, scheme.at, { scheme: scheme.name }, options));
      return undefined;
    }
  }
  return first === undefined ? undefined : { value: [first.place], at: first.scheme.at };
}
