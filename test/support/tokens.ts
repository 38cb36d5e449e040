import {
  constants,
  createHmac,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import type { AsymmetricAlgorithm as Algorithm } from '../../src/model/authentication.ts';

/** A key pair made for this run; the private part never leaves the process. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** RFC 7517 with `kid`, `alg`, `use` and the public members only. */
  readonly publicJwk: JsonWebKey;
}

export type Claims = { readonly [name: string]: unknown };

export interface MintOptions {
  readonly key: SigningKey;
  /** Merged over `{alg, typ: 'JWT', kid}`; a member that is `undefined` is left out. */
  readonly header?: { readonly [name: string]: unknown };
}

const pools = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();

/**
 * A key pair for one algorithm. Key pairs are made once a process for each algorithm and number, because RSA keys are
 * slow to make: the same `kid` and algorithm give the same key.
 */
export const signingKey = (algorithm: Algorithm, kid: string = algorithm.toLowerCase()): SigningKey => {
  const name = `${algorithm} ${kid}`;
  const pair = pools.get(name) ?? generate(algorithm);
  pools.set(name, pair);
  const publicJwk = { ...pair.publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
  return { kid, algorithm, ...pair, publicJwk };
};

const generate = (
  algorithm: Algorithm,
): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } => {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  return algorithm.startsWith('ES')
    ? generateKeyPairSync('ec', { namedCurve: curves[digestBits(algorithm)] })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
};

const digestBits = (algorithm: Algorithm): '256' | '384' | '512' =>
  algorithm.endsWith('256') ? '256' : algorithm.endsWith('384') ? '384' : '512';

const curves = { '256': 'P-256', '384': 'P-384', '512': 'P-521' } as const;

/** A JSON Web Key Set (RFC 7517 §5) of the public keys. */
export const keySet = (keys: readonly SigningKey[]): { readonly keys: readonly JsonWebKey[] } => ({
  keys: keys.map(({ publicJwk }) => publicJwk),
});

/** A signed token of claims, exactly as given. */
export const mint = (claims: Claims, { key, header }: MintOptions): string =>
  signCompact(
    JSON.stringify({ alg: key.algorithm, typ: 'JWT', kid: key.kid, ...header }),
    JSON.stringify(claims),
    key,
  );

/** A compact JWS (RFC 7515 §7.1) over these very bytes of header and payload. */
export const signCompact = (
  header: string | Uint8Array,
  payload: string | Uint8Array,
  key: SigningKey,
): string => {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${signature(input, key).toString('base64url')}`;
};

/** The raw signature of a signing input; ECDSA as r||s (RFC 7518 §3.4). */
export const signature = (input: string, { algorithm, privateKey }: SigningKey): Buffer => {
  const data = Buffer.from(input, 'latin1');
  if (algorithm === 'EdDSA') return sign(null, data, privateKey);
  const digest = `sha${digestBits(algorithm)}`;
  if (algorithm.startsWith('ES')) return sign(digest, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (algorithm.startsWith('RS')) return sign(digest, data, privateKey);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(digest, data, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
};

/** A token signed with HMAC and any key: a shared secret, or one of an attacker's choice (RFC 8725 §2.1). */
export const mintHmac = (
  claims: Claims,
  secret: string | Uint8Array,
  header: Claims,
  bits: '256' | '384' | '512' = '256',
): string => {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`;
};

/** Base64url without padding of bytes, or of a string's UTF-8. */
export const base64url = (data: string | Uint8Array): string =>
  (typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data)).toString('base64url');
