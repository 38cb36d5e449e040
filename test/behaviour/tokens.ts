import { generateKeyPairSync } from 'node:crypto';
import {
  base64url,
  type Claims,
  mint,
  mintHmac,
  type SigningKey,
  signature,
  signCompact,
  signingKey,
} from '../support/tokens.ts';

/** The keys of the two issuers of fixtures/behaviour/law.openapi.yaml. */
export const userKeys = {
  rs: signingKey('RS256', 'user-rs'),
  es: signingKey('ES256', 'user-es'),
  ps: signingKey('PS256', 'user-ps'),
} as const;
export const sessionKey = signingKey('ES256', 'session-es');

/** Every token that a case names, made for one moment (Unix seconds). */
export function namedTokens(now: number): ReadonlyMap<string, string> {
  const good = { iss: 'https://id.test/', aud: 'law', sub: 'alice', iat: now - 60, exp: now + 3600 };
  const { rs, es, ps } = userKeys;
  const user = (claims: Claims = {}, header: Claims = {}, key: SigningKey = es): string =>
    mint({ ...good, ...claims }, { key, header });
  const session = (claims: Claims = {}, header: Claims = {}): string =>
    mint(
      { ...good, iss: 'https://session.test/', sub: 'alice', sid: 's-1', ...claims },
      { key: sessionKey, header },
    );
  return new Map(
    Object.entries({
      user: user(),
      session: session(),
      sessionExpired: session({ exp: now - 600 }),
      sessionNoKid: session({}, { kid: undefined }),
      ...holders(user),
      ...algorithms(user, good),
      ...keyIds(user),
      ...times(user, now),
      ...claims(user),
      ...types(user),
      ...shapes(user()),
      ...documents(good, es),
      ...signatures(user, user()),
      rs256: user({}, {}, rs),
      es256: user({}, {}, es),
      ps256: user({}, {}, ps),
      huge: user({ padding: 'x'.repeat(9000) }),
    }),
  );
}

type User = (claims?: Claims, header?: Claims, key?: SigningKey) => string;

const holders = (user: User): Record<string, string> => ({
  admin: user({ sub: 'root', roles: ['admin', 'ops'], level: 7 }),
  nosub: user({ sub: undefined }),
  crlf: user({ sub: 'a\r\nX-User-Roles: admin%é', roles: ['a,b', 'c'] }),
  scopeString: user({ scope: 'other orders:read' }),
  scopeList: user({ scp: ['orders:read'] }),
  scopeLonger: user({ scope: 'orders:reader orders:rea' }),
  scopeBoth: user({ scope: 'orders:write orders:read' }),
  levelOne: user({ level: 1 }),
  levelText: user({ level: '1' }),
  staffTrue: user({ staff: true }),
  staffText: user({ staff: 'true' }),
  staffOne: user({ staff: 1 }),
  planGold: user({ plan: 'gold' }),
  planTin: user({ plan: 'tin' }),
  goldStaff: user({ plan: 'gold', staff: true }),
  goldNoStaff: user({ plan: 'gold', staff: false }),
  goldAdmin: user({ plan: 'gold', roles: ['admin'] }),
  teams: user({ teams: ['red', 'green'] }),
  teamsText: user({ teams: 'red' }),
  suspendedFalse: user({ suspended: false }),
  suspendedTrue: user({ suspended: true }),
  tenantAcme: user({ 'https://example.com/tenant': 'acme' }),
  subSpace: user({ sub: 'a b' }),
  subAccent: user({ sub: 'é' }),
  subNumber: user({ sub: 42 }),
});

function algorithms(user: User, good: Claims): Record<string, string> {
  const { rs, es, ps } = userKeys;
  const unsigned = (alg: unknown): string =>
    `${base64url(JSON.stringify({ alg, typ: 'JWT', kid: rs.kid }))}.${base64url(JSON.stringify(good))}.`;
  const hmac = (secret: string | Uint8Array): string =>
    mintHmac(good, secret, { alg: 'HS256', typ: 'JWT', kid: rs.kid });
  const pem = rs.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const under = (alg: string, key: SigningKey, kid: string): string =>
    mint(good, { key: { ...key, algorithm: alg as SigningKey['algorithm'] }, header: { kid } });
  return {
    none: unsigned('none'),
    noneMixed: unsigned('None'),
    noneUpper: unsigned('NONE'),
    algMissing: user({}, { alg: undefined }),
    algNumber: user({}, { alg: 256 }),
    algUnknown: user({}, { alg: 'XX256' }),
    hmacPem: hmac(pem.trimEnd()),
    hmacPemNewline: hmac(pem),
    hmacDer: hmac(rs.publicKey.export({ type: 'spki', format: 'der' })),
    hmacJwk: hmac(JSON.stringify(rs.publicJwk)),
    psWithRsKey: under('PS256', rs, rs.kid),
    rsWithPsKey: under('RS256', ps, ps.kid),
    es384WithEs256Key: under('ES384', signingKey('ES384', 'p384'), es.kid),
    rs512: under('RS512', rs, rs.kid),
  };
}

const keyIds = (user: User): Record<string, string> => {
  const attacker = signingKey('ES256', 'attacker');
  const certificate = base64url(
    generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }),
  );
  return {
    kidUnknown: user({}, { kid: 'other' }),
    kidPath: user({}, { kid: '../../etc/passwd' }),
    kidSql: user({}, { kid: "' OR 1=1 --" }),
    kidHuge: user({}, { kid: 'k'.repeat(5000) }),
    kidArray: user({}, { kid: [userKeys.es.kid] }),
    kidNumber: user({}, { kid: 0 }),
    kidEmpty: user({}, { kid: '' }),
    kidMissing: user({}, { kid: undefined }),
    kidProto: user({}, { kid: '__proto__' }),
    kidConstructor: user({}, { kid: 'constructor' }),
    jwkForged: user({}, { jwk: attacker.publicJwk, kid: userKeys.es.kid }, attacker),
    jkuForged: user({}, { jku: 'http://127.0.0.1:1/jwks', kid: userKeys.es.kid }, attacker),
    x5cForged: user({}, { x5c: [certificate], x5u: 'http://127.0.0.1:1/', kid: userKeys.es.kid }, attacker),
    jkuHonest: user({}, { jku: 'http://127.0.0.1:1/jwks', jwk: attacker.publicJwk }),
    critUnknown: user({}, { crit: ['x'], x: 1 }),
    critKnown: user({}, { crit: ['exp'], exp: 1 }),
    critEmpty: user({}, { crit: [] }),
    b64False: user({}, { b64: false, crit: ['b64'] }),
    b64True: user({}, { b64: true }),
  };
};

const times = (user: User, now: number): Record<string, string> => ({
  expMissing: user({ exp: undefined }),
  expPast: user({ exp: now - 600 }),
  expString: user({ exp: String(now + 3600) }),
  expNull: user({ exp: null }),
  expInfinite: rawClaims(now, '1e400'),
  expNegative: user({ exp: -1 }),
  expArray: user({ exp: [now + 3600] }),
  expJustPast: user({ exp: now - 5 }),
  expFloat: user({ exp: now + 3600.5 }),
  nbfFuture: user({ nbf: now + 600 }),
  iatFuture: user({ iat: now + 600 }),
  nbfString: user({ nbf: '0' }),
  iatString: user({ iat: '0' }),
  nbfSoon: user({ nbf: now + 5 }),
});

function rawClaims(now: number, exp: string): string {
  const key = userKeys.es;
  const header = JSON.stringify({ alg: key.algorithm, kid: key.kid });
  return signCompact(
    header,
    `{"iss":"https://id.test/","aud":"law","sub":"alice","iat":${now},"exp":${exp}}`,
    key,
  );
}

const claims = (user: User): Record<string, string> => ({
  issSlash: user({ iss: 'https://id.test' }),
  issCase: user({ iss: 'https://ID.test/' }),
  issArray: user({ iss: ['https://id.test/'] }),
  issMissing: user({ iss: undefined }),
  issOther: user({ iss: 'https://evil.test/' }),
  audOther: user({ aud: 'other' }),
  audEmpty: user({ aud: [] }),
  audMissing: user({ aud: undefined }),
  audNested: user({ aud: [['law']] }),
  audObject: user({ aud: { 0: 'law' } }),
  audCase: user({ aud: 'LAW' }),
  audPrefix: user({ aud: 'law-' }),
  audList: user({ aud: ['other', 'law-two'] }),
});

const types = (user: User): Record<string, string> => ({
  typJwt: user({}, { typ: 'JWT' }),
  typAtJwt: user({}, { typ: 'at+jwt' }),
  typApplication: user({}, { typ: 'application/at+jwt' }),
  typUpper: user({}, { typ: 'AT+JWT' }),
  typMissing: user({}, { typ: undefined }),
  typDpop: user({}, { typ: 'dpop+jwt' }),
  typLogout: user({}, { typ: 'logout+jwt' }),
  typIdToken: user({}, { typ: 'id_token+jwt' }),
  typNumber: user({}, { typ: 1 }),
  typEmpty: user({}, { typ: '' }),
});

function shapes(good: string): Record<string, string> {
  const [header = '', payload = '', signed = ''] = good.split('.');
  return {
    twoParts: `${header}.${payload}`,
    fourParts: `${good}.x`,
    fiveParts: `${header}..${payload}.${signed}.${signed}`,
    jsonSerialization: JSON.stringify({ protected: header, payload, signature: signed }).replaceAll(' ', ''),
    emptySignature: `${header}.${payload}.`,
    padded: `${good}==`,
    plusAlphabet: `${header}.${payload}.${signed.slice(0, -1)}+`,
    looseTail: `${header}.${payload}.${loosened(signed)}`,
    spaceInside: `${header}. ${payload}.${signed}`,
    nonAscii: `${header}.${payload}.${signed.slice(0, -1)}é`,
    emptyHeader: `.${payload}.${signed}`,
    emptyPayload: `${header}..${signed}`,
    dots: '..',
  };
}

/** The last character replaced by one that decodes to the same bytes: 64 bytes leave four unused bits. */
function loosened(signed: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signed.at(-1) ?? 'A');
  return `${signed.slice(0, -1)}${alphabet[last ^ 1]}`;
}

function documents(good: Claims, key: SigningKey): Record<string, string> {
  const header = JSON.stringify({ alg: key.algorithm, typ: 'JWT', kid: key.kid });
  const body = JSON.stringify(good).slice(1, -1);
  const payload = (text: string | Uint8Array): string => signCompact(header, text, key);
  return {
    duplicateHeader: signCompact(`${header.slice(0, -1)},"kid":"${key.kid}"}`, `{${body}}`, key),
    duplicatePayload: payload(`{"sub":"bob",${body}}`),
    duplicateNested: payload(`{${body},"a":{"b":1,"b":2}}`),
    duplicateEscaped: payload(`{"s\\u0075b":"bob",${body}}`),
    protoPayload: payload(`{${body},"__proto__":{"roles":["admin"]}}`),
    protoHeader: signCompact(`${header.slice(0, -1)},"__proto__":{"a":1}}`, `{${body}}`, key),
    deepPayload: payload(`{${body},"a":${'['.repeat(40)}${']'.repeat(40)}}`),
    bomPayload: payload(`\ufeff{${body}}`),
    invalidUtf8Payload: payload(
      Buffer.concat([Buffer.from(`{${body},"a":"`), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ),
    arrayPayload: payload(`[{${body}}]`),
    stringPayload: payload('"alice"'),
    nullPayload: payload('null'),
    numberPayload: payload('1'),
    arrayHeader: signCompact(`[${header}]`, `{${body}}`, key),
    trailingComma: payload(`{${body},}`),
    trailingText: payload(`{${body}} x`),
  };
}

function signatures(user: User, good: string): Record<string, string> {
  const [header = '', payload = '', signed = ''] = good.split('.');
  const raw = Buffer.from(signed, 'base64url');
  const es = (bytes: Uint8Array): string => `${header}.${payload}.${base64url(bytes)}`;
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
  const rs = user({}, {}, userKeys.rs);
  const flipped = (token: string): string =>
    `${token.slice(0, -20)}${token.at(-20) === 'A' ? 'B' : 'A'}${token.slice(-19)}`;
  const withSignature = (token: string, bytes: Uint8Array): string =>
    `${token.slice(0, token.lastIndexOf('.'))}.${base64url(bytes)}`;
  return {
    esDer: es(derOf(raw)),
    esZero: es(Buffer.alloc(64)),
    esOrder: es(Buffer.concat([order, order])),
    esShort: es(raw.subarray(0, 63)),
    esLong: es(Buffer.concat([raw, Buffer.alloc(1)])),
    esTampered: flipped(good),
    esSwapped: es(Buffer.concat([raw.subarray(32), raw.subarray(0, 32)])),
    rsTampered: flipped(rs),
    rsShort: withSignature(rs, Buffer.from(signature('x', userKeys.rs)).subarray(1)),
    rsZero: withSignature(rs, Buffer.alloc(256)),
    psTampered: flipped(user({}, {}, userKeys.ps)),
  };
}

/** r||s as an ASN.1 sequence of two integers, the form that JWS does not use (RFC 7518 §3.4). */
function derOf(raw: Buffer): Buffer {
  const integer = (half: Buffer): Buffer => {
    const first = half.findIndex((byte) => byte !== 0);
    const trimmed = half.subarray(first);
    const positive = (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed;
    return Buffer.concat([Buffer.from([2, positive.length]), positive]);
  };
  const content = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}
