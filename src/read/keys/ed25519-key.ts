import type { OkpPublicKey } from '../../model/authentication.ts';
import { decodeBase64url, toBigInt } from './base64url.ts';
import type { CheckedKey } from './rsa-key.ts';

const size = 32;
/** The field of edwards25519 (RFC 7748 §4.1) and its constant d (RFC 8032 §5.1). */
const p = 2n ** 255n - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/**
 * Checks a public key of Ed25519 (RFC 8037 §2): its `x` is 32 bytes that decode to a point (RFC 8032 §5.1.3) outside
 * the small subgroup, where one signature would fit every message.
 */
export function checkEd25519Key(x: unknown): CheckedKey<OkpPublicKey> {
  const bytes = decodeBase64url(x);
  if (bytes === undefined) return fail('its coordinate "x" is missing or no unpadded base64url');
  if (bytes.length !== size)
    return fail(`its coordinate "x" has ${bytes.length} bytes, Ed25519 needs ${size}`);
  const encoded = toBigInt(Uint8Array.from(bytes).reverse());
  const y = encoded & (2n ** 255n - 1n);
  if (y >= p) return fail('its coordinate "x" is not in the field of Ed25519');
  const xx = mod((y * y - 1n) * power(d * y * y + 1n, p - 2n));
  const isSquare = xx === 0n || power(xx, (p - 1n) / 2n) === 1n;
  // Zero has no negative (RFC 8032 §5.1.3, step 4).
  if (!isSquare || (xx === 0n && encoded !== y)) return fail('its point is not on the curve Ed25519');
  if (isSmall(xx, y)) return fail('its point has a small order');
  return { ok: true, key: { kty: 'OKP', crv: 'Ed25519', x: String(x) } };
}

/** Points whose order divides 8: doubled three times they are (0, 1). Doubling needs x² and xy only up to sign. */
function isSmall(xx: bigint, y: bigint): boolean {
  let [squareX, currentY] = [xx, y];
  for (let doubling = 0; doubling < 3; doubling++) {
    const squareY = mod(currentY * currentY);
    const product = mod(d * squareX * squareY);
    // (RFC 8032 §5.1.4, affine) x' = 2xy / (1 + dx²y²), y' = (y² + x²) / (1 − dx²y²)
    const denominator = power(1n + product, p - 2n);
    const nextX = mod(4n * squareX * squareY * denominator * denominator);
    currentY = mod((squareY + squareX) * power(1n - product, p - 2n));
    squareX = nextX;
  }
  return squareX === 0n && currentY === 1n;
}

function mod(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, rest] = [mod(base), exponent]; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

function fail(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
