import fc from 'fast-check';
import type { Authenticator, CredentialPlace } from '../../src/model/authentication.ts';
import type { Gateway, Operation } from '../../src/model/gateway.ts';
import { certificateNames } from '../behaviour/client-certificates.ts';
import { otherHeader } from './generated-headers.ts';
import type { GeneratedRequest } from './generated-requests.ts';
import { pathOf } from './generated-targets.ts';

/** Credentials by kind: names of a case in braces, or texts. */
export interface CredentialPool {
  readonly tokens: readonly string[];
  readonly opaque: readonly string[];
  readonly judged: readonly string[];
  readonly keys: readonly string[];
  readonly passwords: readonly string[];
}

/** Calls of operations with credentials of every kind: where they belong, beside them, several, good and bad. */
export function identityRequests(gateway: Gateway, pool: CredentialPool): fc.Arbitrary<GeneratedRequest> {
  const calls = gateway.sites.flatMap(({ routes }) =>
    routes.flatMap((route) => route.operations.map((operation) => ({ route, operation }))),
  );
  return fc.constantFrom(...calls).chain(({ route, operation }) =>
    fc
      .record({
        path: fc.oneof(pathOf(route), ruledPath(route.template)),
        presented: fc.tuple(...listed(gateway, operation).map((one) => credentialOf(one, pool))),
        stray: fc.option(strayCredential(pool), { freq: 4 }),
        others: fc.array(fc.oneof(otherHeader, ownedHeader), { maxLength: 2 }),
        certificate: fc.option(fc.constantFrom(...certificateNames.slice(0, 3), ...certificateNames), {
          freq: 2,
        }),
        query: fc.constantFrom('', '', 'a=1', 'b', 'a=%20b&a=c', '&', 'x=%zz'),
        from: fc.constantFrom('127.0.0.1', '127.0.0.1', '127.0.0.2'),
      })
      .map(({ certificate, from, others, path, presented, query, stray }) => {
        const all = stray === null ? presented : [...presented, stray];
        const pairs = [query, ...all.flatMap(({ query: pair }) => pair ?? [])].filter((one) => one !== '');
        const credentials = all.flatMap(({ header }) => header ?? []);
        return {
          method: operation.method,
          target: `/v1${path.replace(/^\/v1/, '')}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
          headers: onlyOneAuthorization([...credentials, ...others]),
          from,
          body: operation.method === 'GET' ? undefined : '',
          ...(certificate === null ? {} : { certificate }),
        };
      }),
  );
}

interface Presented {
  readonly header?: string;
  readonly query?: string;
}

function listed({ authenticators }: Gateway, { features }: Operation): readonly Authenticator[] {
  const asked = features.authentication.value;
  const names = asked.kind === 'public' ? [] : asked.anyOf.flat().map(({ authenticator }) => authenticator);
  return authenticators.filter(({ name }) => names.includes(name));
}

/** A credential that the authenticator may take, or nothing, in one of its places. */
function credentialOf(authenticator: Authenticator, pool: CredentialPool): fc.Arbitrary<Presented> {
  const places = authenticator.from.value;
  if (places.length === 0) return fc.constant({});
  return fc
    .record({
      place: fc.constantFrom(...places),
      text: fc.oneof({ weight: 6, arbitrary: textOf(authenticator.kind, pool) }, anyText(pool)),
      present: fc.integer({ min: 0, max: 4 }),
      twice: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ place, present, text, twice }) => {
      if (present === 0) return {};
      const one = inPlace(place, authenticator.kind, text);
      return twice === 0 && one.query !== undefined ? { query: `${one.query}&${one.query}` } : one;
    });
}

function textOf(kind: Authenticator['kind'], pool: CredentialPool): fc.Arbitrary<string> {
  switch (kind) {
    case 'jwt':
      return fc.constantFrom(...pool.tokens);
    case 'introspection':
      return fc.constantFrom(...pool.opaque);
    case 'external':
      return fc.constantFrom(...pool.judged);
    case 'basic':
      return fc.constantFrom(...pool.passwords);
    default:
      return fc.constantFrom(...pool.keys);
  }
}

const anyText = (pool: CredentialPool): fc.Arbitrary<string> =>
  fc.constantFrom(...Object.values(pool).flat(), '', 'x', '%', 'a,b', ' ');

function inPlace(place: CredentialPlace, kind: Authenticator['kind'], text: string): Presented {
  if (place.kind === 'cookie') return { header: `Cookie: ${place.name}=${text}` };
  if (place.kind === 'query') return { query: `${place.name}=${text.replaceAll(/[ ,]/g, '')}` };
  if (place.name !== 'Authorization' || kind === 'api-key') return { header: `${place.name}: ${text}` };
  return { header: `Authorization: ${kind === 'basic' ? 'Basic' : 'Bearer'} ${text}` };
}

/** Something where it may not belong. */
function strayCredential(pool: CredentialPool): fc.Arbitrary<Presented> {
  const scheme = fc.constantFrom('Bearer ', 'bearer ', 'BASIC ', 'Basic ', 'Basic  ', 'Bearerx ', '');
  return fc.oneof(
    fc.tuple(scheme, anyText(pool)).map(([one, text]) => ({ header: `Authorization: ${one}${text}` })),
    anyText(pool).map((text) => ({ header: `X-Partner-Key: ${text}` })),
    anyText(pool).map((text) => ({ header: `Cookie: a=b; pk=${text}; c=d` })),
    fc
      .constantFrom('api_key={acmeOne}', '%61pi_key=x', 'api_key', 'API_KEY={acmeOne}')
      .map((query) => ({ query })),
  );
}

const ownedHeader = fc.constantFrom(
  'X-Consumer: admin',
  'X-Person: admin',
  'X-Machine: CN=acme',
  'X-Cert-Subject: CN=acme',
  'x-cert: a',
  'X-SSL-Client-Verify: SUCCESS',
  'Gwc-Input-1: SUCCESS CN=acme,O=Acme\\, Inc.',
  'Origin: https://localhost:18080',
);

/** Paths that make the judge of a policy answer in every way. */
function ruledPath(template: string): fc.Arbitrary<string> {
  const ends = [
    'yes',
    'no',
    'text',
    'one',
    'nothing',
    'list',
    'bare',
    'forbidden',
    'error',
    'reset',
    'known',
    'acme',
  ];
  return fc.constantFrom(...ends).map((end) => template.replace(/\{id\}/, end));
}

/** Two are a bad request already, whatever they hold. */
function onlyOneAuthorization(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => /^authorization:/i.test(line));
  return lines.filter((line, index) => {
    const name =
      /^(?:authorization|origin|accept|sec-fetch-[a-z]+|x-requested-with|access-control-[a-z-]+):/i.exec(
        line,
      )?.[0];
    if (name === undefined) return true;
    return /^authorization/i.test(name)
      ? index === first
      : lines.findIndex((other) => other.toLowerCase().startsWith(name.toLowerCase())) === index;
  });
}
