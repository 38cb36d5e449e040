import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { ProviderKeys } from '../support/identity-provider.ts';
import { type Claims, mint, mintHmac, type SigningKey, signingKey } from '../support/tokens.ts';

/** Keys of the issuers of fixtures/behaviour/identities.openapi.yaml. */
const remote = signingKey('ES256', 'remote-es');
const remoteRs = signingKey('RS256', 'remote-rs');
const discovered = signingKey('PS256', 'discovered-ps');
const stored = signingKey('ES256', 'stored-es');
const pinned = signingKey('ES256', 'pinned-es');
const good = signingKey('ES256', 'good-es');
const forEncryption = signingKey('ES256', 'encryption');
const first = signingKey('ES256', 'first');
const second = signingKey('ES256', 'second');
const unknown = signingKey('ES256', 'unknown');
const strong = signingKey('RS256', 'other-purpose');

export const pinnedKeys = [pinned];
export const storedKeys = [stored];
export const sharedSecret = `shared-${'s'.repeat(64)}`;
export const shortSecret = 'too-short';
export const keys = {
  acmeOne: 'gwc-acme-one-0123456789',
  acmeTwo: 'gwc acme/two&?=%+',
  beta: 'gwc-beta-0123456789',
} as const;
export const passwords: Readonly<Record<string, string>> = {
  ann: 'correct horse: battery',
  'b@b': 'pä55',
  carl: '',
};

export const providerKeys: ProviderKeys = {
  remote: [remote.publicJwk, remoteRs.publicJwk],
  discovered: [discovered.publicJwk],
  mixed: mixedKeys(),
  unusable: unusableKeys(),
  good: [good.publicJwk],
};

/** BEHAVIOUR.md J20: one good key among those that must be passed over. */
function mixedKeys(): readonly JsonWebKey[] {
  const twin = { ...first.publicJwk, kid: 'twin' };
  const otherTwin = { ...second.publicJwk, kid: 'twin' };
  return [{ kty: 'oct', kid: 'shared', k: 'AAAA' }, ...unusableKeys(), twin, otherTwin, good.publicJwk];
}

function unusableKeys(): readonly JsonWebKey[] {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  return [
    { ...weak, kid: 'weak', alg: 'RS256' },
    { ...strong.publicJwk, kid: 'exponent-one', e: 'AQ' },
    { ...forEncryption.publicJwk, use: 'enc' },
    { ...strong.publicJwk, kid: 'encrypts', key_ops: ['encrypt'], use: undefined },
    { ...first.publicJwk, kid: 'off-curve', y: first.publicJwk.x },
    { ...strong.publicJwk, kid: 'other-algorithm', alg: 'RSA-OAEP' },
    { ...good.privateKey.export({ format: 'jwk' }), kid: 'private', alg: 'ES256' },
  ].map((jwk) => JSON.parse(JSON.stringify(jwk)));
}

/** Every credential that a case names, for one moment (Unix seconds). `origin` is that of the identity provider. */
export function namedCredentials(now: number, origin: string): ReadonlyMap<string, string> {
  const claims = (iss: string, more: Claims = {}): Claims => ({
    iss,
    aud: 'law',
    sub: 'alice',
    iat: now - 60,
    exp: now + 3600,
    ...more,
  });
  const of = (iss: string, key: SigningKey, more?: Claims, header?: Claims): string =>
    mint(claims(iss, more), header === undefined ? { key } : { key, header });
  const remoteIss = 'https://remote.test/';
  return new Map(
    Object.entries({
      pinned: of('https://pinned.test/', pinned, { roles: ['admin'] }),
      pinnedReader: of('https://pinned.test/', pinned, { scope: 'orders:read' }),
      remote: of(remoteIss, remote, { sub: 'remo' }),
      remoteRs: of(remoteIss, remoteRs, { aud: 'remote-law' }),
      discovered: of(`${origin}/discovered`, discovered, { sub: 'disco' }),
      stored: of('https://stored.test/', stored, { sub: 'stora' }),
      pinnedByRemote: of('https://pinned.test/', remote),
      remoteByPinned: of(remoteIss, pinned),
      remoteByPinnedUnnamed: of(remoteIss, pinned, {}, { kid: undefined }),
      remoteUnknownKid: of(remoteIss, unknown),
      remoteUnnamed: of(remoteIss, remote, {}, { kid: undefined }),
      remoteExpired: of(remoteIss, remote, { exp: now - 600 }),
      remoteForeign: of(remoteIss, remote, { aud: 'other' }),
      pinnedForRemote: of('https://pinned.test/', pinned, { aud: 'remote-law' }),
      strangeIssuer: of('https://strange.test/', pinned),
      issuerList: of('https://pinned.test/', pinned, { iss: ['https://pinned.test/'] }),
      ...badIssuers(of, origin),
      ...mixedTokens(of),
      ...sharedTokens(claims),
      ...keys,
      acmeHash: hashOf(keys.acmeOne),
      acmeTwoQuery: encodeURIComponent(keys.acmeTwo),
      sameBucket: sameBucket(),
      acmePrefix: keys.acmeOne.slice(0, -1),
      acmeUpper: keys.acmeOne.toUpperCase(),
      ...basicCredentials(),
    }),
  );
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A key of nobody whose hash begins with the digits of another's. */
function sameBucket(): string {
  const wanted = hashOf(keys.acmeOne).slice(0, 2);
  for (let number = 0; ; number++)
    if (hashOf(`nobody-${number}`).startsWith(wanted)) return `nobody-${number}`;
}

type Of = (iss: string, key: SigningKey, more?: Claims, header?: Claims) => string;

/** Tokens that would be good if their keys could be had. */
function badIssuers(of: Of, origin: string): Readonly<Record<string, string>> {
  const tested = ['down', 'status', 'html', 'redirect', 'huge', 'slow', 'empty', 'unusable', 'unread'];
  const entries = [
    ...tested.map((name) => [name, of(`https://${name}.test/`, good)] as const),
    ...['elsewhere', 'imposter', 'nothing'].map((name) => [name, of(`${origin}/${name}`, good)] as const),
  ];
  return {
    ...Object.fromEntries(entries),
    downExpired: of('https://down.test/', good, { exp: 1 }),
    downForeign: of('https://down.test/', good, { aud: 'other' }),
    downCritical: of('https://down.test/', good, {}, { crit: ['x'] }),
    downAlgorithm: of('https://down.test/', good, {}, { alg: 'ES512' }),
    imposterByRemote: of(`${origin}/imposter`, remote),
  };
}

function mixedTokens(of: Of): Readonly<Record<string, string>> {
  const iss = 'https://mixed.test/';
  return {
    mixedGood: of(iss, good),
    mixedUnnamed: of(iss, good, {}, { kid: undefined }),
    mixedEncryption: of(iss, forEncryption),
    mixedTwin: of(iss, first, {}, { kid: 'twin' }),
    mixedOtherTwin: of(iss, second, {}, { kid: 'twin' }),
    mixedPrivate: of(iss, good, {}, { kid: 'private' }),
    mixedEncrypts: of(iss, strong, {}, { kid: 'encrypts' }),
    mixedOtherAlgorithm: of(iss, strong, {}, { kid: 'other-algorithm' }),
    mixedShared: mintHmac({ iss, aud: 'law', exp: 9e9 }, Buffer.alloc(3), { alg: 'HS256', kid: 'shared' }),
  };
}

function sharedTokens(claims: (iss: string, more?: Claims) => Claims): Readonly<Record<string, string>> {
  const body = claims('https://shared.test/', { sub: 'sharon' });
  const header = { alg: 'HS256', typ: 'JWT' };
  return {
    hs256: mintHmac(body, sharedSecret, header),
    hs512: mintHmac(body, sharedSecret, { ...header, alg: 'HS512' }, '512'),
    hs384: mintHmac(body, sharedSecret, { ...header, alg: 'HS384' }, '384'),
    hsOther: mintHmac(body, `${sharedSecret}x`, header),
    hsEmpty: mintHmac(body, '', header),
    hsNewline: mintHmac(body, `${sharedSecret}\n`, header),
    hsMislabelled: mintHmac(body, sharedSecret, { ...header, alg: 'HS512' }),
    hsShortened: mintHmac(body, sharedSecret, header).slice(0, -3),
    hsNone: mintHmac(body, sharedSecret, { ...header, alg: 'none' }),
    hsShort: mintHmac(body, shortSecret, header),
    hsByPublicKey: mintHmac(body, JSON.stringify(good.publicJwk), header),
  };
}

function basicCredentials(): Readonly<Record<string, string>> {
  const basic = (text: string | Buffer): string => Buffer.from(text).toString('base64');
  return {
    ann: basic(`ann:${passwords['ann']}`),
    bob: basic(`b@b:${passwords['b@b']}`),
    annWrong: basic('ann:incorrect'),
    annShort: basic(`ann:${passwords['ann']?.slice(0, -1)}`),
    annLong: basic(`ann:${passwords['ann']}x`),
    annNul: basic(`ann:${passwords['ann']}\u0000`),
    annEmpty: basic('ann:'),
    annUnpadded: `${basic(`ann:${passwords['ann']}`).replace(/=+$/, '')}-`,
    noColon: basic('ann'),
    noUser: basic(`:${passwords['ann']}`),
    carl: basic('carl:'),
    nobody: basic('nobody:x'),
    latin: basic(Buffer.from('b@b:p\xe455', 'latin1')),
  };
}
