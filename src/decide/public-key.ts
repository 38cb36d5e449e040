import { createPublicKey } from 'node:crypto';
import type { EcPublicKey, VerificationKey } from '../model/authentication.ts';
import type { JsonObject } from '../policy/index.ts';
import { decodeBase64url } from './base64url.ts';

/** RFC 7518 §3.3: 2048 bits or larger. OpenSSL verifies nothing above the other. */
const smallestModulus = 2048;
const largestModulus = 16_384;
const curveBytes: Readonly<Record<EcPublicKey['crv'], number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** The public part of a JWK when it is sound (BEHAVIOUR.md J20), in its smallest form. */
export function publicKeyOf(jwk: JsonObject): VerificationKey['jwk'] | undefined {
  switch (text(jwk, 'kty')) {
    case 'RSA':
      return rsaKey(text(jwk, 'n'), text(jwk, 'e'));
    case 'EC':
      return ecKey(text(jwk, 'crv'), text(jwk, 'x'), text(jwk, 'y'));
    case 'OKP':
      return okpKey(text(jwk, 'crv'), text(jwk, 'x'));
    default:
      return undefined;
  }
}

function text(jwk: JsonObject, name: string): string {
  const value = Object.hasOwn(jwk, name) ? jwk[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function rsaKey(n: string, e: string): VerificationKey['jwk'] | undefined {
  const modulus = integer(n, largestModulus / 4);
  const exponent = integer(e, 16);
  if (modulus === undefined || exponent === undefined) return undefined;
  const bits = modulus.toString(2).length;
  if (bits < smallestModulus || bits > largestModulus) return undefined;
  if (exponent < 3n || exponent % 2n === 0n || exponent >= 2n ** 64n) return undefined;
  if (primes.some((prime) => modulus % prime === 0n) || hasRocaStructure(modulus)) return undefined;
  return { kty: 'RSA', n: shortest(modulus), e: shortest(exponent) };
}

function integer(encoded: string, maximumBytes: number): bigint | undefined {
  const bytes = encoded === '' ? undefined : decodeBase64url(encoded);
  return bytes === undefined || bytes.length > maximumBytes
    ? undefined
    : BigInt(`0x${bytes.toString('hex')}`);
}

/** Without leading zero bytes, which some issuers add against RFC 7518 §2. */
function shortest(value: bigint): string {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}

const primes = [
  2n,
  3n,
  5n,
  7n,
  11n,
  13n,
  17n,
  19n,
  23n,
  29n,
  31n,
  37n,
  41n,
  43n,
  47n,
  53n,
  59n,
  61n,
  67n,
  71n,
  73n,
  79n,
  83n,
  89n,
  97n,
  101n,
  103n,
  107n,
  109n,
  113n,
  127n,
  131n,
  137n,
  139n,
  149n,
  151n,
  157n,
  163n,
  167n,
];

/** CVE-2017-15361: modulo every small prime the modulus is a power of 65537 (Nemec et al., 2017, §4.4). */
function hasRocaStructure(modulus: bigint): boolean {
  return primes.slice(1).every((prime) => {
    const wanted = modulus % prime;
    let power = 1n;
    for (let step = 0n; step < prime; step++) {
      if (power === wanted) return true;
      power = (power * 65_537n) % prime;
    }
    return false;
  });
}

function ecKey(crv: string, x: string, y: string): VerificationKey['jwk'] | undefined {
  if (!isCurve(crv)) return undefined;
  const sized = [x, y].every((one) => decodeBase64url(one)?.length === curveBytes[crv]);
  const key = { kty: 'EC', crv, x, y } as const;
  return sized && isImportable(key) ? key : undefined;
}

function isCurve(crv: string): crv is EcPublicKey['crv'] {
  return Object.hasOwn(curveBytes, crv);
}

/** RFC 8037 §2. */
function okpKey(crv: string, x: string): VerificationKey['jwk'] | undefined {
  const bytes = decodeBase64url(x);
  if (crv !== 'Ed25519' || bytes?.length !== 32 || isWeakPoint(bytes)) return undefined;
  const key = { kty: 'OKP', crv, x } as const;
  return isImportable(key) ? key : undefined;
}

/** The prime of the field of edwards25519 (RFC 8032 §5.1). */
const field = 2n ** 255n - 19n;
/** The y of the points whose order divides 8: one signature of such a key fits every message. */
const smallOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  field - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

/** Little-endian; the highest bit is the sign of the other coordinate. */
function isWeakPoint(bytes: Uint8Array): boolean {
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const y = encoded & (2n ** 255n - 1n);
  return y >= field || smallOrder.has(y);
}

/** OpenSSL refuses a point that does not solve the curve's equation. */
function isImportable(key: VerificationKey['jwk']): boolean {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
