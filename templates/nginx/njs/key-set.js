import base64url from './base64url.js';
import json from './json.js';
import jws from './jws.js';
import rsaKey from './rsa-key.js';
import spki from './spki.js';
import strict from './strict.js';

/*
 * JSON Web Key Sets (RFC 7517 §5) that come while the gateway runs. A key that is no public signature key, or a
 * dangerous one, is passed over.
 */

/** No issuer has more; each costs time. */
const mostKeys = 100;

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const curves = {
  'P-256': { bytes: 32, algorithm: 'ES256' },
  'P-384': { bytes: 48, algorithm: 'ES384' },
  'P-521': { bytes: 66, algorithm: 'ES512' },
};

/**
 * The usable keys in the bytes of a Buffer, as `data/authenticators` holds pinned ones: [{kid?, algorithms, spki,
 * curve?, signatureBytes}]. undefined when the bytes are no key set.
 */
async function read(bytes) {
  const set = json.readObject(bytes);
  const list = set === undefined ? undefined : own(set, 'keys');
  if (!Array.isArray(list) || list.length > mostKeys) return undefined;
  const keys = [];
  for (let i = 0; i < list.length; i += 1) {
    const key = await soundKey(list[i]);
    if (key !== undefined) keys.push(key);
  }
  return keys;
}

/** A function of its own: within a loop, njs 0.7.9 forgets what was declared before an await. */
async function soundKey(jwk) {
  const key = usableKey(jwk);
  if (key === undefined) return undefined;
  const sound = await jws.canImport(key);
  return sound ? key : undefined;
}

function usableKey(jwk) {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return undefined;
  if (privateMembers.some((member) => strict.hasOwn(jwk, member)) || !verifiesSignatures(jwk))
    return undefined;
  const kid = own(jwk, 'kid');
  if (kid !== undefined && (typeof kid !== 'string' || kid === '')) return undefined;
  const key = publicKey(jwk);
  if (key === undefined) return undefined;
  const stated = own(jwk, 'alg');
  const algorithms = key.algorithms.filter((one) => stated === undefined || one === stated);
  if (algorithms.length === 0) return undefined;
  const made = {
    algorithms: algorithms,
    spki: key.spki.toString('base64'),
    signatureBytes: key.signatureBytes,
  };
  if (kid !== undefined) made.kid = kid;
  if (key.curve !== undefined) made.curve = key.curve;
  return made;
}

/** RFC 7517 §4.2 and §4.3. */
function verifiesSignatures(jwk) {
  const use = own(jwk, 'use');
  const operations = own(jwk, 'key_ops');
  if (use !== undefined && use !== 'sig') return false;
  return operations === undefined || (Array.isArray(operations) && operations.indexOf('verify') !== -1);
}

/** {algorithms, spki, signatureBytes, curve?} of every kind that can verify; undefined for the others. */
function publicKey(jwk) {
  switch (own(jwk, 'kty')) {
    case 'RSA':
      return rsaPublicKey(jwk);
    case 'EC':
      return ecPublicKey(jwk);
    default:
      return undefined;
  }
}

function rsaPublicKey(jwk) {
  const key = rsaKey.read(own(jwk, 'n'), own(jwk, 'e'));
  if (key === undefined) return undefined;
  return {
    algorithms: ['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
    spki: spki.rsa(key.modulus, key.exponent),
    signatureBytes: key.modulus.length,
  };
}

/** Whether the point lies on the curve shows when the key is imported. */
function ecPublicKey(jwk) {
  const name = own(jwk, 'crv');
  if (typeof name !== 'string' || !strict.hasOwn(curves, name)) return undefined;
  const curve = curves[name];
  const x = coordinate(own(jwk, 'x'), curve.bytes);
  const y = coordinate(own(jwk, 'y'), curve.bytes);
  if (x === undefined || y === undefined) return undefined;
  return {
    algorithms: [curve.algorithm],
    spki: spki.ec(name, x, y),
    signatureBytes: 2 * curve.bytes,
    curve: name,
  };
}

function coordinate(text, size) {
  if (typeof text !== 'string' || text.length > 2 * size) return undefined;
  const bytes = base64url.decode(text);
  return bytes !== undefined && bytes.length === size ? bytes : undefined;
}

function own(object, name) {
  return strict.hasOwn(object, name) ? object[name] : undefined;
}

export default { read };
