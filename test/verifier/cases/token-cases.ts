import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import {
  base64url,
  type Claims,
  mint,
  mintHmac,
  type SigningKey,
  signature,
  signCompact,
  signingKey,
} from '../../support/tokens.ts';
import { goodClaims, keys, userToken } from '../fixture.ts';

/** One token presented as `Authorization: Bearer …` to an operation of the authenticator `user`. */
export interface TokenCase {
  /** Rows of BEHAVIOUR.md. */
  readonly rows: readonly string[];
  readonly name: string;
  readonly valid: boolean;
  readonly token: (now: number) => string;
}

const refused = (rows: string, name: string, token: (now: number) => string): TokenCase => ({
  ...{ rows: rows.split(' '), name, valid: false, token },
});
const accepted = (rows: string, name: string, token: (now: number) => string): TokenCase => ({
  ...{ rows: rows.split(' '), name, valid: true, token },
});
const withClaims = (changes: (now: number) => Claims) => (now: number) => userToken(now, changes(now));
const withHeader = (changes: Claims, key?: SigningKey) => (now: number) => userToken(now, {}, changes, key);
/** Header and payload as raw text, signed with the key `user-es`. */
const raw = (header: string | undefined, payload?: string | ((now: number) => string)) => (now: number) => {
  const text = typeof payload === 'function' ? payload(now) : payload;
  return signCompact(
    header ?? '{"alg":"ES256","kid":"user-es"}',
    text ?? JSON.stringify(goodClaims(now)),
    keys.es,
  );
};
const rawBytes = (payload: (json: string) => Uint8Array) => (now: number) =>
  signCompact('{"alg":"ES256","kid":"user-es"}', payload(JSON.stringify(goodClaims(now))), keys.es);
const withMember = (member: string) => (now: number) =>
  JSON.stringify(goodClaims(now)).replace(/\}$/, `,${member}}`);
/** The same bytes in base64url, spelled with a bit set that belongs to none of them. */
const bitsAfterEnd = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const changed = text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
  if (!Buffer.from(changed, 'base64url').equals(Buffer.from(text, 'base64url')))
    throw new Error('no such bit');
  return changed;
};
/** The three parts of a good token, changed. */
const parts = (change: (header: string, payload: string, mac: string) => string) => (now: number) => {
  const [header = '', payload = '', mac = ''] = userToken(now).split('.');
  return change(header, payload, mac);
};
const nested = (depth: number): string => `"n":${'['.repeat(depth)}${']'.repeat(depth)}`;

const algorithmCases: readonly TokenCase[] = [
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

const keyCases: readonly TokenCase[] = [
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

const timeCases: readonly TokenCase[] = [
  refused(
    'J12',
    'no exp',
    withClaims(() => ({ exp: undefined })),
  ),
  ...['9999999999', null, true, [9999999999], {}].map((exp) =>
    refused(
      'J12',
      `exp ${JSON.stringify(exp)}`,
      withClaims(() => ({ exp })),
    ),
  ),
  refused(
    'J12',
    'exp far past',
    withClaims((now) => ({ exp: now - 3600 })),
  ),
  refused(
    'J12',
    'exp past by the skew',
    withClaims((now) => ({ exp: now - 30 })),
  ),
  accepted(
    'J12',
    'exp past within the skew',
    withClaims((now) => ({ exp: now - 15 })),
  ),
  refused(
    'J12',
    'exp 0',
    withClaims(() => ({ exp: 0 })),
  ),
  refused(
    'J12',
    'exp negative',
    withClaims(() => ({ exp: -1 })),
  ),
  refused(
    'J12',
    'exp 1e400',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":1e400')),
  ),
  refused(
    'J12',
    'exp -1e400',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":-1e400')),
  ),
  accepted(
    'J12',
    'exp with a fraction',
    withClaims((now) => ({ exp: now + 100.5 })),
  ),
  accepted(
    'J12',
    'exp in milliseconds',
    withClaims((now) => ({ exp: now * 1000 })),
  ),
  accepted(
    'J12',
    'exp 2e10',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":2e10')),
  ),
  refused(
    'J13',
    'nbf in the future',
    withClaims((now) => ({ nbf: now + 3600 })),
  ),
  accepted(
    'J13',
    'nbf in the future within the skew',
    withClaims((now) => ({ nbf: now + 15 })),
  ),
  refused(
    'J13',
    'nbf text',
    withClaims((now) => ({ nbf: String(now) })),
  ),
  refused(
    'J13',
    'nbf null',
    withClaims(() => ({ nbf: null })),
  ),
  refused(
    'J13',
    'iat in the future',
    withClaims((now) => ({ iat: now + 3600 })),
  ),
  refused(
    'J13',
    'iat text',
    withClaims(() => ({ iat: 'yesterday' })),
  ),
  accepted(
    'J13',
    'no iat',
    withClaims(() => ({ iat: undefined })),
  ),
];

const partyCases: readonly TokenCase[] = [
  ...[
    'https://id.test',
    'https://id.test//',
    'https://ID.test/',
    'https://evil.test/',
    '',
    ['https://id.test/'],
    null,
    1,
  ].map((iss) =>
    refused(
      'J14',
      `iss ${JSON.stringify(iss)}`,
      withClaims(() => ({ iss })),
    ),
  ),
  refused(
    'J14',
    'no iss',
    withClaims(() => ({ iss: undefined })),
  ),
  ...[
    'API',
    'api ',
    'other',
    '',
    [],
    ['other'],
    [['api']],
    [{ api: 'api' }],
    { api: 'api' },
    null,
    0,
    true,
  ].map((aud) =>
    refused(
      'J15',
      `aud ${JSON.stringify(aud)}`,
      withClaims(() => ({ aud })),
    ),
  ),
  refused(
    'J15',
    'no aud',
    withClaims(() => ({ aud: undefined })),
  ),
  accepted(
    'J15',
    'aud list that holds it',
    withClaims(() => ({ aud: ['other', 'api'] })),
  ),
  accepted(
    'J15',
    'aud list with other types beside it',
    withClaims(() => ({ aud: [1, null, 'api'] })),
  ),
  ...['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt', 'application/jwt', undefined].map((typ) =>
    accepted('J16', `typ ${typ}`, withHeader({ typ })),
  ),
  ...['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'JOSE', 'JWT ', '', null, 1, ['JWT']].map((typ) =>
    refused('J16', `typ ${JSON.stringify(typ)}`, withHeader({ typ })),
  ),
];

const shapeCases: readonly TokenCase[] = [
  refused('J17', 'one part', () => 'abc'),
  refused('J17', 'dots only', () => '..'),
  refused(
    'J17',
    'two parts',
    parts((header, payload) => `${header}.${payload}`),
  ),
  refused(
    'J17',
    'four parts',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.x`),
  ),
  refused(
    'J17',
    'five parts',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.x.y`),
  ),
  refused(
    'J17',
    'an empty part more',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.`),
  ),
  refused(
    'J17',
    'JSON serialization',
    parts((header, payload, mac) => JSON.stringify({ protected: header, payload, signature: mac })),
  ),
  refused(
    'J17',
    'no header',
    parts((_header, payload, mac) => `.${payload}.${mac}`),
  ),
  refused(
    'J17',
    'no payload',
    parts((header, _payload, mac) => `${header}..${mac}`),
  ),
  refused(
    'J17',
    'no signature',
    parts((header, payload) => `${header}.${payload}.`),
  ),
  ...['=', '==', '%', '!', '*', '\u00e9', '\ufeff'].map((tail) =>
    refused(
      'J17',
      `${JSON.stringify(tail)} after the signature`,
      parts((header, payload, mac) => `${header}.${payload}.${mac}${tail}`),
    ),
  ),
  refused('J17', 'padding after the header', (now) => {
    const header = base64url('{"alg":"ES256","kid":"user-es"}  ');
    const input = `${header}=.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused('J17', 'the standard alphabet', (now) => {
    const header = Buffer.from('{"alg":"ES256","kid":"user-es","x":"???>>>"}')
      .toString('base64')
      .replace(/=+$/, '');
    const input = `${header}.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused('J17', 'bits after the end of the header', (now) => {
    const header = bitsAfterEnd(base64url('{"alg":"ES256","kid":"user-es" }'));
    const input = `${header}.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused(
    'J17',
    'bits after the end of the signature',
    parts((header, payload, mac) => `${header}.${payload}.${bitsAfterEnd(mac)}`),
  ),
  refused(
    'J22',
    'more than 8192 bytes',
    withClaims(() => ({ padding: 'x'.repeat(8000) })),
  ),
  accepted(
    'J22',
    'almost 8192 bytes',
    withClaims(() => ({ padding: 'x'.repeat(5800) })),
  ),
];

const documentCases: readonly TokenCase[] = [
  refused('J18', 'a key twice in the header', raw('{"alg":"ES256","kid":"user-es","kid":"user-es"}')),
  refused('J18', 'a key twice in the payload', raw(undefined, withMember('"sub":"admin"'))),
  refused('J18', 'a key twice, once escaped', raw(undefined, withMember('"s\\u0075b":"admin"'))),
  refused('J18', 'a key twice deep inside', raw(undefined, withMember('"a":[{"b":{"c":1,"c":1}}]'))),
  accepted(
    'J18',
    'the same key in different objects',
    raw(undefined, withMember('"a":{"sub":1,"b":{"sub":2}}')),
  ),
  refused('J18', '__proto__ in the header', raw('{"alg":"ES256","kid":"user-es","__proto__":{}}')),
  refused('J18', '__proto__ in the payload', raw(undefined, withMember('"__proto__":{"exp":1}'))),
  refused('J18', '__proto__ escaped, deep inside', raw(undefined, withMember('"a":[{"__pr\\u006fto__":1}]'))),
  accepted(
    'J18',
    'names of Object.prototype',
    raw(undefined, withMember('"constructor":1,"toString":{},"hasOwnProperty":0')),
  ),
  accepted('J18', 'depth 20', raw(undefined, withMember(nested(19)))),
  refused('J18', 'depth 21', raw(undefined, withMember(nested(20)))),
  refused('J18', 'depth 2500', raw(undefined, withMember(nested(2500)))),
  refused(
    'J18',
    'a byte order mark',
    rawBytes((json) => Buffer.from(`\ufeff${json}`)),
  ),
  refused(
    'J18',
    'invalid UTF-8',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00ff'), 'latin1')),
  ),
  refused(
    'J18',
    'an overlong form',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00c0\u00af'), 'latin1')),
  ),
  refused(
    'J18',
    'a surrogate in UTF-8',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00ed\u00a0\u0080'), 'latin1')),
  ),
  accepted(
    'J18',
    'UTF-8 of four bytes',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u{1f600}\u00e9\ufeff'))),
  ),
  refused('J18', 'half a surrogate pair', raw(undefined, withMember('"a":"\\ud83d"'))),
  refused('J18', 'a surrogate pair in the wrong order', raw(undefined, withMember('"a":"\\ude00\\ud83d"'))),
  accepted('J18', 'a surrogate pair', raw(undefined, withMember('"a":"\\ud83d\\uDE00\\u0000\\"\\/\\b"'))),
  ...[
    '',
    ' ',
    'null',
    '[]',
    '"x"',
    '1',
    '{',
    '{}x',
    '{"a":1,}',
    '{"a"}',
    "{'a':1}",
    '{a:1}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":tru}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\u12g4"}',
    '{"a":NaN}',
    '{"a":1}/**/',
    '[{}]',
    '{"a":[1,]}',
    '{"a":-}',
    '{"a":"',
    '{"a":"\\',
    '{"a":"\\u12',
    '{"a":"\\ud83d\\u',
  ].map((text) => refused('J18', `payload ${JSON.stringify(text)}`, raw(undefined, text))),
  accepted('J18', 'white space everywhere', raw(' {\t"alg" : "ES256" ,\r\n"kid":"user-es" } \n')),
  refused('J18', 'a form feed between tokens', raw('{\f"alg":"ES256","kid":"user-es"}')),
];

const weak = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const signatureCases: readonly TokenCase[] = [
  refused('J19', 'DER', (now) => {
    const { header, payload } = headAndPayload(now);
    const der = signature(`${header}.${payload}`, keys.es);
    const integer = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([2, 33, 0]), bytes]);
    const body = Buffer.concat([integer(der.subarray(0, 32)), integer(der.subarray(32))]);
    return `${header}.${payload}.${base64url(Buffer.concat([Buffer.from([0x30, body.length]), body]))}`;
  }),
  ...(
    [
      ['all zero (CVE-2022-21449)', () => Buffer.alloc(64)],
      ['r zero', (mac: Buffer) => Buffer.concat([Buffer.alloc(32), mac.subarray(32)])],
      ['s zero', (mac: Buffer) => Buffer.concat([mac.subarray(0, 32), Buffer.alloc(32)])],
      ['all ones', () => Buffer.alloc(64, 0xff)],
      ['r and s are the order', () => Buffer.concat([order, order])],
      ['63 bytes', (mac: Buffer) => mac.subarray(0, 63)],
      ['65 bytes', (mac: Buffer) => Buffer.concat([mac, Buffer.from([0])])],
      ['a zero byte before', (mac: Buffer) => Buffer.concat([Buffer.from([0]), mac])],
      ['r and s swapped', (mac: Buffer) => Buffer.concat([mac.subarray(32), mac.subarray(0, 32)])],
      [
        'a bit changed',
        (mac: Buffer) => Buffer.from(mac.map((byte, index) => (index === 40 ? byte ^ 1 : byte))),
      ],
      ['one byte', () => Buffer.from([0])],
      ['2000 bytes', () => Buffer.alloc(2000, 1)],
    ] as const
  ).map(([name, change]) =>
    refused('J19', `signature ${name}`, (now) => {
      const { header, payload } = headAndPayload(now);
      return `${header}.${payload}.${base64url(change(signature(`${header}.${payload}`, keys.es)))}`;
    }),
  ),
  ...(
    [
      ['empty RSA', () => Buffer.alloc(256)],
      ['RSA, all ones', () => Buffer.alloc(256, 0xff)],
      ['RSA, short', (mac: Buffer) => mac.subarray(1)],
      ['RSA, long', (mac: Buffer) => Buffer.concat([Buffer.from([0]), mac])],
      [
        'RSA, a bit changed',
        (mac: Buffer) => Buffer.from(mac.map((byte, index) => (index === 100 ? byte ^ 1 : byte))),
      ],
    ] as const
  ).flatMap(([name, change]) =>
    [keys.rs, keys.ps].map((key) =>
      refused('J19', `signature ${name}, ${key.algorithm}`, (now) => {
        const [header = '', payload = '', mac = ''] = userToken(now, {}, {}, key).split('.');
        return `${header}.${payload}.${base64url(change(Buffer.from(mac, 'base64url')))}`;
      }),
    ),
  ),
  refused('J19', 'the payload of another token', (now) => {
    const [header, , mac] = userToken(now).split('.');
    return `${header}.${base64url(JSON.stringify(goodClaims(now, { sub: 'admin' })))}.${mac}`;
  }),
  refused('J19', 'a P-384 signature under ES256', (now) =>
    mint(goodClaims(now), {
      key: { ...signingKey('ES384', 'p384'), kid: 'user-es' },
      header: { alg: 'ES256' },
    }),
  ),
  refused('J19', 'ECDSA over SHA-384', (now) => {
    const { header, payload } = headAndPayload(now);
    const other = { ...keys.es, algorithm: 'ES384' as const };
    return `${header}.${payload}.${base64url(signature(`${header}.${payload}`, other))}`;
  }),
  refused('J20', 'a key off the set', (now) =>
    userToken(
      now,
      {},
      { kid: 'user-es' },
      { ...keys.es, privateKey: createPrivateKey(weak.privateKey.export({ type: 'pkcs8', format: 'pem' })) },
    ),
  ),
];

/** Order of the group of P-256 (FIPS 186-4 §D.1.2.3). */
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');

const headAndPayload = (now: number): { readonly header: string; readonly payload: string } => {
  const [header = '', payload = ''] = userToken(now).split('.');
  return { header, payload };
};

export const tokenCases: readonly TokenCase[] = [
  ...[algorithmCases, keyCases, timeCases, partyCases],
  ...[shapeCases, documentCases, signatureCases],
].flat();
