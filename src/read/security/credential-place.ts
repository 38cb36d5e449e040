import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { type AuthenticatorBlock, kindOfAuthenticator } from '../../extension/index.ts';
import { credentialHeader } from '../../extension/values/header.ts';
import { cookieName, queryName } from '../../extension/values/names.ts';
import type { CredentialPlace } from '../../model/authentication.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { childOrigin, nodeOf } from '../../source/node.ts';
import { credentialUnseen, schemesDiffer } from '../diagnostics.ts';

type Places = Sourced<readonly CredentialPlace[]>;

const authorization: CredentialPlace = { kind: 'header', name: 'Authorization' };

/**
 * Where the credential of an authenticator may be: as `from` says, else where its schemes say, which must agree.
 * Passwords are in Authorization only (RFC 7617), certificates in no place of a request. Undefined after a report.
 */
export function credentialPlaces(
  { value: block, at }: Sourced<AuthenticatorBlock>,
  schemes: readonly SecurityScheme[],
  report: Report,
): Places | undefined {
  const kind = kindOfAuthenticator(block);
  if (kind === 'certificate') return { value: [], at };
  if (kind === 'basic') return { value: [authorization], at };
  const stated = block.from;
  if (stated === undefined) return samePlace(schemes, report);
  return { value: stated.value.map(({ value }) => canonicalPlace(value)), at: stated.at };
}

/** `authorization` in any case is the field that carries a scheme token; every other header carries the bare token. */
function canonicalPlace(place: CredentialPlace): CredentialPlace {
  const isAuthorization = place.kind === 'header' && place.name.toLowerCase() === 'authorization';
  return isAuthorization ? authorization : place;
}

function samePlace(schemes: readonly SecurityScheme[], report: Report): Places | undefined {
  let first: { readonly place: CredentialPlace; readonly at: Origin } | undefined;
  for (const scheme of schemes) {
    const place = placeOfScheme(scheme, report);
    if (place === undefined) return undefined;
    if (first === undefined) first = { place, at: scheme.at };
    else if (JSON.stringify(first.place) !== JSON.stringify(place)) {
      const options = { related: [related('The other document.', first.at)] };
      report(diagnostic(schemesDiffer, scheme.at, { scheme: scheme.name }, options));
      return undefined;
    }
  }
  return first === undefined ? undefined : { value: [first.place], at: first.at };
}

/** Undefined after a report: a name that no request can have. */
function placeOfScheme(scheme: SecurityScheme, report: Report): CredentialPlace | undefined {
  if (scheme.type !== 'apiKey' || scheme.place === undefined) return authorization;
  const node = nodeOf(scheme.place.name, childOrigin(scheme.at, 'name'));
  switch (scheme.place.in) {
    case 'query': {
      const name = queryName.read(node, report);
      return name === undefined ? undefined : { kind: 'query', name };
    }
    case 'cookie': {
      const name = cookieName.read(node, report);
      return name === undefined ? undefined : { kind: 'cookie', name };
    }
    case 'header': {
      const { name: header } = scheme.place;
      if (/[_.]/.test(header) && /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(header)) {
        const instead = header.replace(/[_.]/g, '-');
        report(diagnostic(credentialUnseen, node.at, { scheme: scheme.name, header, instead }));
        return undefined;
      }
      const name = credentialHeader.read(node, report);
      return name === undefined ? undefined : canonicalPlace({ kind: 'header', name });
    }
  }
}
