import { constants, createHmac, timingSafeEqual, verify } from 'node:crypto';
import { decode } from './base64url.js';
import { own, readObject } from './json.js';

/*
 * JSON Web Signature, compact serialization (RFC 7515), as strict as its security considerations ask (RFC 8725): one
 * spelling for each token, algorithms pinned to keys by the gateway, nothing fetched or trusted from a header.
 */

const maximumTokenBytes = 8192;
/** RFC 7519 §5.1 and RFC 9068 §2.1, compared without case. */
const types = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt'];
/** Bytes of a signature: twice a coordinate (RFC 7518 §3.4), RFC 8032 §5.1.6. */
const signatureBytes = { ES256: 64, ES384: 96, ES512: 132, EdDSA: 64 };

/** What a token says as far as it can be read without a key: {header, payload, input, signature}; undefined if nothing. */
export function readJws(token) {
  const parts = token.length > maximumTokenBytes ? [] : token.split('.');
  const [headerBytes, payload, signature] = parts.map(decode);
  if (parts.length !== 3 || !headerBytes || !payload || !signature) return undefined;
  const header = readObject(headerBytes);
  if (header === undefined || !isPlainJwt(header)) return undefined;
  return { header, payload, input: Buffer.from(`${parts[0]}.${parts[1]}`), signature };
}

/** `crit` and `b64` change what is signed (RFC 7515 §4.1.11, RFC 7797); `typ` tells tokens of other kinds apart. */
function isPlainJwt(header) {
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return false;
  const type = own(header, 'typ');
  return type === undefined || (typeof type === 'string' && types.includes(type.toLowerCase()));
}

/**
 * The only key that a header may mean, by its `kid`; a token may leave that out only where there is nothing to choose. A
 * shared secret has no name.
 */
export function chooseKey(header, keys) {
  const kid = own(header, 'kid');
  const candidates =
    kid === undefined ? keys : keys.filter((key) => typeof kid === 'string' && key.kid === kid);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/**
 * Whether a key signed what `readJws` returned, with one of its own algorithms. key: {algorithms, key}, or {algorithms,
 * secret} with the bytes of a shared secret.
 */
export function isSignedBy({ header, input, signature }, { algorithms, key, secret }) {
  const algorithm = own(header, 'alg');
  if (!algorithms.includes(algorithm)) return false;
  const digest = `sha${algorithm.slice(2)}`;
  if (secret !== undefined) {
    const code = createHmac(digest, secret).update(input).digest();
    return code.length === signature.length && timingSafeEqual(code, signature);
  }
  if (signature.length !== (signatureBytes[algorithm] ?? signature.length)) return false;
  switch (algorithm.slice(0, 2)) {
    case 'Ed':
      return verify(null, input, key, signature);
    case 'ES':
      return verify(digest, input, { key, dsaEncoding: 'ieee-p1363' }, signature);
    case 'PS': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify(digest, input, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
    }
    default:
      return verify(digest, input, key, signature);
  }
}
