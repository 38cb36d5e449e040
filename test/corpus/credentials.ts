import { createHash } from 'node:crypto';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { keySet, mint, signingKey } from '../support/tokens.ts';
import type { Binding } from './bindings.ts';
import type { Requirement } from './vendor-document.ts';

const key = signingKey('ES256', 'corpus');
const stranger = signingKey('ES256', 'stranger');
const authority = createAuthority('Clients of the corpus');

export const issuerOf = (scheme: string): string =>
  `https://${scheme.replace(/[^A-Za-z0-9]+/g, '-')}.id.test/`;
export const audience = 'api';
export const apiKey = 'gw_Vq3kYw8dKxT1nZ5rB7mC2sH9';
export const clientCertificate = issueCertificate(authority, { names: ['DNS:partner.test'] });

const front = issueCertificate(authority, { names: ['DNS:localhost'] });
const [user, password] = ['ann', 'sesame:open'] as const;
const salt = Buffer.from('corpus');
const digest = createHash('sha1').update(password).update(salt).digest();

/** Files that an overlay names, by their names. */
export const materials = {
  'keys.jwks.json': JSON.stringify(keySet([key])),
  users: `${user}:{SSHA}${Buffer.concat([digest, salt]).toString('base64')}\n`,
  'clients.crt': authority.cert,
  'front.crt': front.cert,
  'front.key': front.key,
} as const;

export const apiKeyHash = createHash('sha256').update(apiKey).digest('hex');

/** What a request carries. */
export interface Presented {
  readonly headers: readonly (readonly [string, string])[];
  /** `name=value` pairs for the end of the query. */
  readonly query: readonly string[];
  /** Whether the connection shows the client certificate. */
  readonly certificate: boolean;
}

export const nothing: Presented = { headers: [], query: [], certificate: false };

export type Quality = 'good' | 'forged';

/** Credentials for every scheme of an alternative. Tokens hold `scopes` of their scheme and expire an hour after `now`. */
export function present(
  scopes: Requirement,
  bindings: ReadonlyMap<string, Binding>,
  now: number,
  quality: Quality = 'good',
): Presented {
  const parts = Object.entries(scopes).map(([scheme, held]) => {
    const binding = bindings.get(scheme);
    if (binding === undefined) throw new Error(`no binding of "${scheme}"`);
    return presentOne(scheme, binding, held, now, quality);
  });
  return {
    headers: parts.flatMap(({ headers }) => headers),
    query: parts.flatMap(({ query }) => query),
    certificate: parts.some(({ certificate }) => certificate),
  };
}

function presentOne(
  scheme: string,
  { kind, place }: Binding,
  scopes: readonly string[],
  now: number,
  quality: Quality,
): Presented {
  if (place.kind === 'connection') return { ...nothing, certificate: true };
  const value =
    kind === 'token'
      ? token(scheme, scopes, now, quality)
      : kind === 'key'
        ? apiKey + (quality === 'good' ? '' : 'x')
        : Buffer.from(`${user}:${password}${quality === 'good' ? '' : 'x'}`).toString('base64');
  if (place.kind === 'query') return { ...nothing, query: [`${place.name}=${value}`] };
  if (place.kind === 'cookie') {
    const cookie = ['Cookie', `theme=dark; ${place.name}=${value}`] as const;
    return { ...nothing, headers: [cookie, ['Sec-Fetch-Site', 'same-origin']] };
  }
  const prefix =
    place.name.toLowerCase() !== 'authorization'
      ? ''
      : { token: 'Bearer ', password: 'Basic ', key: '', certificate: '' }[kind];
  return { ...nothing, headers: [[place.name, `${prefix}${value}`]] };
}

const tokens = new Map<string, string>();

function token(scheme: string, scopes: readonly string[], now: number, quality: Quality): string {
  const name = JSON.stringify([scheme, scopes, now, quality]);
  const claims = {
    iss: issuerOf(scheme),
    aud: audience,
    sub: 'somebody',
    exp: now + 3600,
    scope: scopes.join(' '),
  };
  const known =
    tokens.get(name) ?? mint(claims, { key: quality === 'good' ? key : { ...stranger, kid: key.kid } });
  tokens.set(name, known);
  return known;
}
