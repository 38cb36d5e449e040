import base64url from './base64url.js';

/*
 * RSA public keys (RFC 7518 §6.3.1) that may verify signatures. Numbers are big-endian bytes: njs 0.7.9 has no larger
 * ones.
 */

const smallestBits = 2048;
/** OpenSSL verifies nothing larger. */
const largestBits = 16384;
/** Longer texts are refused before arithmetic: leading zeros included, no honest key needs them. */
const largestBytes = 4096;

/** Primes of the public ROCA detector (CVE-2017-15361, Nemec et al., "The Return of Coppersmith's Attack", §4.4). */
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/** {modulus, exponent} without leading zeros, or undefined for a key that is no key, too small or known to be weak. */
function read(n, e) {
  const modulus = numberOf(n);
  const exponent = numberOf(e);
  if (modulus === undefined || exponent === undefined) return undefined;
  const bits = bitsOf(modulus);
  if (bits < smallestBits || bits > largestBits || !isSoundExponent(exponent)) return undefined;
  return isSoundModulus(modulus) ? { modulus: modulus, exponent: exponent } : undefined;
}

/** The bytes of a number, some issuers begin it with zeros against RFC 7518 §2; undefined for zero. */
function numberOf(text) {
  if (typeof text !== 'string' || text.length > largestBytes * 2) return undefined;
  const bytes = base64url.decode(text);
  if (bytes === undefined || bytes.length > largestBytes) return undefined;
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start += 1;
  return start === bytes.length ? undefined : bytes.slice(start);
}

function bitsOf(number) {
  let bits = (number.length - 1) * 8;
  for (let first = number[0]; first > 0; first >>= 1) bits += 1;
  return bits;
}

/** Odd, from 3 to 2^64. */
function isSoundExponent(exponent) {
  const last = exponent[exponent.length - 1];
  return exponent.length <= 8 && last % 2 === 1 && (exponent.length > 1 || last >= 3);
}

/** Neither divisible by a small prime nor of the structure of ROCA keys: in the group of 65537 modulo each prime. */
function isSoundModulus(modulus) {
  if (modulus[modulus.length - 1] % 2 === 0) return false;
  const remainders = primes.map((prime) => remainder(modulus, prime));
  if (remainders.indexOf(0) !== -1) return false;
  return !remainders.every((one, index) => isPowerOf65537(one, primes[index]));
}

function remainder(number, prime) {
  let left = 0;
  for (let i = 0; i < number.length; i += 1) left = (left * 256 + number[i]) % prime;
  return left;
}

function isPowerOf65537(value, prime) {
  let power = 1;
  do {
    if (power === value) return true;
    power = (power * 65537) % prime;
  } while (power !== 1);
  return false;
}

export default { read };
