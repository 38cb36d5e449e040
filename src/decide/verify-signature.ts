import { constants, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { Algorithm, SymmetricAlgorithm, VerificationKey } from '../model/authentication.ts';

/** A shared secret, with the algorithms that it may verify. */
export interface SharedKey {
  readonly kid: undefined;
  readonly algorithms: readonly SymmetricAlgorithm[];
  readonly secret: Uint8Array;
}
/** Either all public or one shared. */
export type SigningKeys = readonly VerificationKey[] | readonly SharedKey[];

const digests = { '256': 'sha256', '384': 'sha384', '512': 'sha512' } as const;
/** Curve and bytes of one coordinate for each ECDSA algorithm (RFC 7518 §3.4). */
const curves = { ES256: ['P-256', 32], ES384: ['P-384', 48], ES512: ['P-521', 66] } as const;
/** RFC 7518 §3.3: 2048 bits or larger. */
const minimumModulusBits = 2048;
/** RFC 8032 §5.1.6. */
const ed25519SignatureBytes = 64;

/** Whether a signature (RFC 7515 §5.2) over this signing input verifies with a key, for one algorithm of that key. */
export function verifySignature(
  key: VerificationKey | SharedKey,
  algorithm: Algorithm,
  input: string,
  signature: Buffer,
): boolean {
  const data = Buffer.from(input, 'latin1');
  if ('secret' in key) return verifyHmac(key, algorithm, data, signature);
  const publicKey = importKey(key);
  if (publicKey === undefined) return false;
  if (algorithm === 'EdDSA') {
    const fits = key.jwk.kty === 'OKP' && signature.length === ed25519SignatureBytes;
    return fits && verify(null, data, publicKey, signature);
  }
  const digest = digests[bitsOf(algorithm)];
  if (algorithm === 'ES256' || algorithm === 'ES384' || algorithm === 'ES512') {
    const [curve, size] = curves[algorithm];
    if (key.jwk.kty !== 'EC' || key.jwk.crv !== curve || signature.length !== 2 * size) return false;
    return verify(digest, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  }
  if (key.jwk.kty !== 'RSA') return false;
  const padding = algorithm.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return verify(digest, data, { key: publicKey, padding, saltLength }, signature);
}

/** RFC 7518 §3.2; compared in constant time (BEHAVIOUR.md J27). */
function verifyHmac({ secret }: SharedKey, algorithm: Algorithm, data: Buffer, signature: Buffer): boolean {
  if (!algorithm.startsWith('HS')) return false;
  const expected = createHmac(digests[bitsOf(algorithm)], secret).update(data).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

function bitsOf(algorithm: Algorithm): keyof typeof digests {
  return algorithm.endsWith('256') ? '256' : algorithm.endsWith('384') ? '384' : '512';
}

function importKey({ jwk }: VerificationKey): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return bits !== undefined && bits < minimumModulusBits ? undefined : key;
  } catch {
    return undefined;
  }
}
