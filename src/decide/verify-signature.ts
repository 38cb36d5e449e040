import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Algorithm, VerificationKey } from '../model/authentication.ts';

const digests = { '256': 'sha256', '384': 'sha384', '512': 'sha512' } as const;
/** Curve and bytes of one coordinate for each ECDSA algorithm (RFC 7518 §3.4). */
const curves = { ES256: ['P-256', 32], ES384: ['P-384', 48], ES512: ['P-521', 66] } as const;
/** RFC 7518 §3.3: 2048 bits or larger. */
const minimumModulusBits = 2048;

/** Whether a signature (RFC 7515 §5.2) over these bytes verifies with a key, for one asymmetric algorithm of RFC 7518. */
export function verifySignature(
  key: VerificationKey,
  algorithm: Algorithm,
  input: string,
  signature: Buffer,
): boolean {
  const publicKey = importKey(key);
  if (publicKey === undefined) return false;
  const data = Buffer.from(input, 'latin1');
  const digest = digests[bitsOf(algorithm)];
  if (algorithm === 'ES256' || algorithm === 'ES384' || algorithm === 'ES512') {
    const [curve, size] = curves[algorithm];
    if (key.jwk.kty !== 'EC' || key.jwk.crv !== curve || signature.length !== 2 * size) return false;
    return verify(digest, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  }
  if (key.jwk.kty !== 'RSA') return false;
  const padding = algorithm.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return verify(
    digest,
    data,
    { key: publicKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
    signature,
  );
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
