import { createPublicKey } from 'node:crypto';
import type { EcPublicKey } from '../../model/authentication.ts';
import { decodeBase64url } from './base64url.ts';
import type { CheckedKey } from './rsa-key.ts';

const coordinateBytes: { readonly [Curve in EcPublicKey['crv']]: number } = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
};

export function isCurve(name: unknown): name is EcPublicKey['crv'] {
  return typeof name === 'string' && Object.hasOwn(coordinateBytes, name);
}

/** Checks that the coordinates have the curve's size (RFC 7518 §6.2.1) and that the point lies on the curve. */
export function checkEcKey(crv: EcPublicKey['crv'], x: unknown, y: unknown): CheckedKey<EcPublicKey> {
  const size = coordinateBytes[crv];
  for (const [name, text] of [
    ['x', x],
    ['y', y],
  ] as const) {
    const bytes = decodeBase64url(text);
    if (bytes === undefined) return fail(`its coordinate "${name}" is missing or no unpadded base64url`);
    if (bytes.length !== size)
      return fail(`its coordinate "${name}" has ${bytes.length} bytes, ${crv} needs ${size}`);
  }
  const key: EcPublicKey = { kty: 'EC', crv, x: String(x), y: String(y) };
  return isOnCurve(key) ? { ok: true, key } : fail(`its point is not on the curve ${crv}`);
}

/** OpenSSL refuses to import a point that does not solve the curve's equation. */
function isOnCurve(key: EcPublicKey): boolean {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function fail(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
