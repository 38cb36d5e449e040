import type { RsaPublicKey } from '../../model/authentication.ts';
import { decodeBase64url, toBigInt } from './base64url.ts';
import { hasRocaFingerprint, smallFactor } from './roca.ts';

/** A public key in its smallest form, or why it must not verify anything. */
export type CheckedKey<Key> =
  | { readonly ok: true; readonly key: Key }
  | { readonly ok: false; readonly problem: string };

const smallestModulus = 2048;
/** OpenSSL verifies nothing larger. */
const largestModulus = 16384;
/** Longer texts are refused before arithmetic: leading zeros included, no honest key needs them. */
const largestBytes = 4096;

/** Checks the RSA rows of BEHAVIOUR.md J20; `n` and `e` are base64url integers (RFC 7518 §6.3.1). */
export function checkRsaKey(n: unknown, e: unknown): CheckedKey<RsaPublicKey> {
  const modulus = decodeBase64url(n);
  const exponent = decodeBase64url(e);
  if (modulus === undefined) return fail('its modulus "n" is missing or no unpadded base64url');
  if (exponent === undefined) return fail('its exponent "e" is missing or no unpadded base64url');
  if (modulus.length > largestBytes || exponent.length > 16) return fail('its numbers are far too long');
  const value = toBigInt(modulus);
  const bits = value.toString(2).length;
  if (bits < smallestModulus) return fail(`its modulus has ${bits} bits, fewer than ${smallestModulus}`);
  if (bits > largestModulus) return fail(`its modulus has ${bits} bits, more than ${largestModulus}`);
  const power = toBigInt(exponent);
  if (power < 3n || power % 2n === 0n || power >= 2n ** 64n) {
    return fail(`its exponent ${power} is not an odd number from 3 to 2^64`);
  }
  const factor = smallFactor(value);
  if (factor !== undefined) return fail(`its modulus is divisible by ${factor}`);
  if (hasRocaFingerprint(value)) return fail('its modulus has the structure of ROCA keys (CVE-2017-15361)');
  return { ok: true, key: { kty: 'RSA', n: shortest(modulus), e: shortest(exponent) } };
}

/** Without leading zero bytes, which some issuers add against RFC 7518 §2. */
function shortest(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(bytes.findIndex((byte) => byte !== 0))).toString('base64url');
}

function fail(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
