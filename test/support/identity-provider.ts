import type { JsonWebKey } from 'node:crypto';
import type { BackendAnswer } from './backend.ts';
import { json, type Stub } from './stub-service.ts';

/** Keys that BEHAVIOUR.md J20 wants passed over, around the good ones. */
export interface ProviderKeys {
  readonly remote: readonly JsonWebKey[];
  readonly discovered: readonly JsonWebKey[];
  /** Of a set where some keys must not be used. */
  readonly mixed: readonly JsonWebKey[];
  /** All of them must not be used. */
  readonly unusable: readonly JsonWebKey[];
  /** A good set, for answers that must not be taken for one. */
  readonly good: readonly JsonWebKey[];
}

const maximumKeySetBytes = 1024 * 1024;

/**
 * An OpenID Provider at an origin: key sets and configurations, good ones and every bad one of BEHAVIOUR.md J24.
 */
export function identityProvider(keys: ProviderKeys, origin: string): Stub {
  const set = (of: readonly JsonWebKey[], more = {}): BackendAnswer => json({ keys: of, ...more });
  const configuration = (issuer: string, jwksUri: unknown): BackendAnswer =>
    json({ issuer, jwks_uri: jwksUri, response_types_supported: ['code'] });
  const answers: Readonly<Record<string, BackendAnswer>> = {
    '/remote': set(keys.remote),
    '/discovered/.well-known/openid-configuration': configuration(
      `${origin}/discovered`,
      `${origin}/discovered/keys`,
    ),
    '/discovered/keys': set(keys.discovered),
    '/mixed': set(keys.mixed),
    '/status': { ...object(set(keys.good)), status: 500 },
    '/html': { status: 200, headers: [['Content-Type', 'text/html']], body: '<html>sign in</html>' },
    '/redirect': {
      status: 302,
      headers: [['Location', `${origin}/remote`]],
      body: JSON.stringify({ keys: keys.good }),
    },
    '/huge': set(keys.good, { padding: 'x'.repeat(2 * maximumKeySetBytes) }),
    '/slow': { ...object(set(keys.good)), delay: 60_000 },
    '/empty': set([]),
    '/unusable': set(keys.unusable),
    '/elsewhere/.well-known/openid-configuration': configuration(
      `${origin}/elsewhere`,
      'http://localhost:1/keys',
    ),
    '/imposter/.well-known/openid-configuration': configuration(`${origin}/other`, `${origin}/remote`),
    '/nothing/.well-known/openid-configuration': configuration(`${origin}/nothing`, undefined),
  };
  return ({ target }) =>
    (Object.hasOwn(answers, target) ? answers[target] : undefined) ?? { status: 404, body: 'no' };
}

function object(answer: BackendAnswer): Extract<BackendAnswer, { readonly status: number }> {
  if (typeof answer === 'string' || 'raw' in answer) throw new Error('no plain answer');
  return answer;
}

/** The key set that a gateway finds behind the URL of a key source, as BEHAVIOUR.md J24 wants it found. */
export function keySetBehind(provider: Stub, origin: string, url: string): string | undefined {
  const text = fetched(provider, origin, url);
  if (!url.endsWith('/.well-known/openid-configuration')) return text;
  const found = text === undefined ? undefined : JSON.parse(text);
  const issuer = url.slice(0, -'/.well-known/openid-configuration'.length);
  return found?.issuer === issuer && typeof found.jwks_uri === 'string'
    ? fetched(provider, origin, found.jwks_uri)
    : undefined;
}

function fetched(provider: Stub, origin: string, url: string): string | undefined {
  if (!url.startsWith(`${origin}/`)) return undefined;
  const target = url.slice(origin.length);
  const answer = provider({ target, method: 'GET', body: '', authorization: undefined });
  if (typeof answer === 'string' || 'raw' in answer) return undefined;
  const { body = '', delay, status } = answer;
  return status === 200 && delay === undefined && body.length <= maximumKeySetBytes ? body : undefined;
}
