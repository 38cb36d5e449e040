import type {
  Authenticator,
  CredentialPlace,
  JwtAuthenticator,
  Requirement,
} from '../model/authentication.ts';
import type { Gateway, Operation, Site } from '../model/gateway.ts';
import { originOf } from './choose-site.ts';

/** What a connection needs before anybody asks who calls. */
export function certificateNeeds({ features }: Operation): readonly string[] {
  return features.clientCertificate?.value === 'require'
    ? ["A connection with a client certificate of the gateway's authority."]
    : [];
}

/** What a caller must bring to be known, one sentence each. */
export function credentialNeeds(
  gateway: Gateway,
  site: Site,
  { features, method }: Operation,
): readonly string[] {
  const asked = features.authentication.value;
  if (asked.kind === 'public') return [];
  const alternatives = asked.anyOf.map((one) =>
    one.map((requirement) => credentialText(gateway, requirement)).join(', and '),
  );
  const needs = [alternatives.join('; or ')];
  const names = new Set(asked.anyOf.flat().map((requirement) => requirement.authenticator));
  const cookie = gateway.authenticators.some(
    ({ from, name }) => names.has(name) && from.value.some(({ kind }) => kind === 'cookie'),
  );
  if (cookie && !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)) {
    const origins = site.hosts.map(originOf).join(' or ');
    needs.push(`With a cookie: Origin: ${origins}, or Sec-Fetch-Site: same-origin.`);
  }
  return asked.kind === 'optional' ? ['Nothing, or:', ...needs] : needs;
}

function credentialText(gateway: Gateway, { authenticator: name, scopes }: Requirement): string {
  const authenticator = gateway.authenticators.find((one) => one.name === name);
  if (authenticator === undefined) return `a credential of "${name}"`;
  const holding = scopes.length === 0 ? '' : ` that holds ${scopes.join(' and ')}`;
  const what = `${kindText(authenticator)}${holding}`;
  const places = authenticator.from.value.map((place) => placeText(place, authenticator.kind)).join(' or ');
  return places === '' ? what : `${what}, in ${places}`;
}

function kindText(authenticator: Authenticator): string {
  switch (authenticator.kind) {
    case 'jwt':
      return tokenText(authenticator);
    case 'introspection': {
      const audiences = authenticator.audiences?.value;
      const intended = audiences === undefined ? '' : ` for ${audiences.join(' or ')}`;
      return `a token${intended} that ${authenticator.endpoint.value} calls active`;
    }
    case 'api-key':
      return authenticator.keys.value === 'consumers'
        ? 'the key of a consumer'
        : 'a key of a usage plan of Amazon API Gateway';
    case 'sigv4':
      return 'a signature of AWS (Signature Version 4) that IAM admits';
    case 'basic':
      return `the name and password of a user in ${authenticator.users.value}`;
    case 'certificate': {
      const subjects = authenticator.subjects?.value;
      const whose = subjects === undefined ? '' : ` of ${subjects.join(' or ')}`;
      return `a client certificate${whose}, issued by ${authenticator.ca.value}`;
    }
    case 'external':
      return `a token that the back end ${authenticator.backend.value} admits at ${authenticator.path}`;
  }
}

function tokenText({ issuers }: JwtAuthenticator): string {
  const trusted = issuers.value.map(
    ({ issuer, audiences }) => `${issuer.value} for ${audiences.value.join(' or ')}`,
  );
  return `a token of ${trusted.join(', or of ')}`;
}

function placeText(place: CredentialPlace, kind: Authenticator['kind']): string {
  if (place.kind === 'cookie') return `the cookie ${place.name}`;
  if (place.kind === 'query') return `the query parameter ${place.name}`;
  if (place.name.toLowerCase() !== 'authorization' || kind === 'api-key') return `the header ${place.name}`;
  return kind === 'basic' ? 'Authorization: Basic' : 'Authorization: Bearer';
}
