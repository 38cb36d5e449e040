import { base64url, mintHmac } from '../../support/tokens.ts';
import { goodClaims, keys, userToken } from '../fixture.ts';
import { accepted, refused, type TokenCase, withHeader } from './token-case.ts';

export const algorithmCases: readonly TokenCase[] = [
  accepted('J21', 'RS256', (now) => userToken(now, {}, {}, keys.rs)),
  accepted('J21', 'PS256', (now) => userToken(now, {}, {}, keys.ps)),
  accepted('J21', 'ES256', (now) => userToken(now)),
  ...[
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    'HS256',
    'RS256 ',
    'rs256',
    'EdDSA',
    1,
    null,
    true,
    ['ES256'],
    { a: 1 },
  ].map((alg) => refused('J6', `alg ${JSON.stringify(alg)}`, withHeader({ alg }))),
  refused('J6', 'no alg', withHeader({ alg: undefined })),
  refused('J6', 'alg none without signature', (now) => {
    const header = base64url('{"alg":"none","kid":"user-es"}');
    return `${header}.${base64url(JSON.stringify(goodClaims(now)))}.`;
  }),
  ...(['spki', 'pkcs1'] as const).flatMap((type) =>
    (['pem', 'der'] as const).map((format) =>
      refused('J7', `HS256 with the RSA key as ${type} ${format}`, (now) => {
        const secret = keys.rs.publicKey.export({ type, format } as { type: 'spki'; format: 'pem' });
        return mintHmac(goodClaims(now), secret, { alg: 'HS256', typ: 'JWT', kid: 'user-rs' });
      }),
    ),
  ),
  refused('J7', 'HS256 with the JWK', (now) =>
    mintHmac(goodClaims(now), JSON.stringify(keys.rs.publicJwk), { alg: 'HS256', kid: 'user-rs' }),
  ),
  refused('J7', 'a MAC under alg RS256', (now) =>
    mintHmac(goodClaims(now), keys.rs.publicKey.export({ type: 'spki', format: 'pem' }), {
      alg: 'RS256',
      kid: 'user-rs',
    }),
  ),
  refused('J8', 'PS256 signed with the key of RS256', (now) =>
    userToken(now, {}, {}, { ...keys.rs, algorithm: 'PS256' }),
  ),
  refused('J8', 'RS512 signed with the key of RS256', (now) =>
    userToken(now, {}, {}, { ...keys.rs, algorithm: 'RS512' }),
  ),
  refused('J8', 'alg RS256 named over a PS256 signature', (now) =>
    userToken(now, {}, { alg: 'RS256' }, keys.ps),
  ),
  refused('J8', 'ES384 with a P-256 key', withHeader({ alg: 'ES384' })),
  refused('J8', 'ES256 for an RSA key', withHeader({ kid: 'user-rs' })),
];

export const keyCases: readonly TokenCase[] = [
  ...[
    'nobody',
    '',
    'user-es ',
    'USER-ES',
    '../user-es',
    "' OR 1=1 --",
    'user-es\u0000',
    'k'.repeat(5000),
    '__proto__',
    'constructor',
    'length',
    'user-rs',
    0,
    1,
    null,
    true,
    ['user-es'],
    { kid: 'user-es' },
  ].map((kid) => refused('J9', `kid ${JSON.stringify(kid).slice(0, 30)}`, withHeader({ kid }))),
  refused('J9', 'no kid where there are several keys', withHeader({ kid: undefined })),
  refused('J9', 'the key of a stranger under a known kid', (now) =>
    userToken(now, {}, { kid: 'user-es' }, keys.stranger),
  ),
  ...(['jwk', 'jku', 'x5u', 'x5c'] as const).map((name) =>
    refused('J10', `${name} of the attacker`, (now) => {
      const embedded = {
        jwk: keys.stranger.publicJwk,
        jku: 'https://evil.test/',
        x5u: 'https://evil.test/',
        x5c: ['MIIB'],
      };
      return userToken(now, {}, { kid: 'user-es', [name]: embedded[name] }, keys.stranger);
    }),
  ),
  accepted('J10', 'jku, x5u, x5c and jwk are ignored', (now) =>
    userToken(now, {}, { jku: 'https://evil.test/', x5u: 1, x5c: [], jwk: keys.stranger.publicJwk }),
  ),
  ...[[], ['exp'], ['b64'], {}, null, 'exp'].map((crit) =>
    refused('J11', `crit ${JSON.stringify(crit)}`, withHeader({ crit })),
  ),
  ...[true, false, null].map((b64) => refused('J11', `b64 ${b64}`, withHeader({ b64 }))),
];
