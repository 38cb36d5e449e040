import { createPublicKey } from 'node:crypto';
import { decode } from './base64url.js';
import { own } from './json.js';

/*
 * Public keys (RFC 7517) that come while the gateway runs: only sound ones, as those that a build pins.
 */

/** RFC 7518 §3.3: 2048 bits or larger. OpenSSL verifies nothing above the other. */
const smallestModulus = 2048;
const largestModulus = 16384;
const curveBytes = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** Below 168. */
const primes = [...Array(168).keys()].filter(
  (n) => n > 1 && [2, 3, 5, 7, 11].every((prime) => n === prime || n % prime > 0),
);

/** The prime of the field of edwards25519 (RFC 8032 §5.1). */
const field = 2n ** 255n - 19n;
/** The y of the points whose order divides 8: one signature of such a key fits every message. */
const smallOrder = [
  0n,
  1n,
  field - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
];

/** {key, algorithms} of a sound JWK; undefined for any other. Imports nothing but its public members. */
export function readPublicKey(jwk) {
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

function text(jwk, name) {
  const value = own(jwk, name);
  return typeof value === 'string' ? value : '';
}

function rsaKey(n, e) {
  const modulus = integer(n, largestModulus / 4);
  const exponent = integer(e, 16);
  if (modulus === undefined || exponent === undefined) return undefined;
  const bits = modulus.toString(2).length;
  if (bits < smallestModulus || bits > largestModulus) return undefined;
  if (exponent < 3n || exponent % 2n === 0n || exponent >= 2n ** 64n || !isSoundModulus(modulus))
    return undefined;
  return imported({ kty: 'RSA', n: shortest(modulus), e: shortest(exponent) }, [
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
  ]);
}

function integer(encoded, maximumBytes) {
  const bytes = encoded === '' ? undefined : decode(encoded);
  return bytes === undefined || bytes.length > maximumBytes
    ? undefined
    : BigInt(`0x${bytes.toString('hex')}`);
}

/** Without leading zero bytes, which some issuers add against RFC 7518 §2. */
function shortest(value) {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}

/**
 * Neither divisible by a small prime nor of the structure of ROCA keys (CVE-2017-15361, Nemec et al., 2017, §4.4): modulo
 * every small prime a power of 65537.
 */
function isSoundModulus(modulus) {
  const remainders = primes.map((prime) => Number(modulus % BigInt(prime)));
  if (remainders.includes(0)) return false;
  return !remainders.every((one, index) => index === 0 || isPowerOf65537(one, primes[index]));
}

function isPowerOf65537(value, prime) {
  let power = 1;
  for (let step = 0; step < prime; step += 1) {
    if (power === value) return true;
    power = (power * 65537) % prime;
  }
  return false;
}

function ecKey(crv, x, y) {
  const size = own(curveBytes, crv);
  if (size === undefined || decode(x)?.length !== size || decode(y)?.length !== size) return undefined;
  return imported({ kty: 'EC', crv, x, y }, [{ 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[crv]]);
}

/** RFC 8037 §2. */
function okpKey(crv, x) {
  const bytes = decode(x);
  if (crv !== 'Ed25519' || bytes?.length !== 32 || isWeakPoint(bytes)) return undefined;
  return imported({ kty: 'OKP', crv, x }, ['EdDSA']);
}

/** Little-endian; the highest bit is the sign of the other coordinate. */
function isWeakPoint(bytes) {
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  return y >= field || smallOrder.includes(y);
}

/** OpenSSL refuses a point that does not solve the curve's equation. */
function imported(jwk, algorithms) {
  try {
    return { key: createPublicKey({ key: jwk, format: 'jwk' }), algorithms };
  } catch {
    return undefined;
  }
}
