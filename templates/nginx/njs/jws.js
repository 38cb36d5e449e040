import base64url from './base64url.js';
import json from './json.js';
import strict from './strict.js';

/*
 * JSON Web Signature, compact serialization (RFC 7515), as strict as its security considerations ask (RFC 8725): one
 * spelling for each token, algorithms pinned to keys by the gateway's data, nothing fetched or trusted from a header.
 */

const maxTokenBytes = 8192;
const mediaTypes = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt'];
const schemes = {
  RS: { name: 'RSASSA-PKCS1-v1_5' },
  PS: { name: 'RSA-PSS' },
  ES: { name: 'ECDSA' },
};

/** Imported keys, for engines whose module state outlives a request. */
const imported = Object.create(null);

/**
 * What a token says, as far as it can be read without any key: {header, input, payload, signature} (payload and
 * signature: the bytes) or undefined for an invalid token.
 */
function parse(token) {
  if (token.length > maxTokenBytes) return undefined;
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const headerBytes = base64url.decode(parts[0]);
  const payload = base64url.decode(parts[1]);
  const signature = base64url.decode(parts[2]);
  if (headerBytes === undefined || payload === undefined || signature === undefined) return undefined;
  const header = json.readObject(headerBytes);
  if (header === undefined || !isPlainJwt(header)) return undefined;
  return { header: header, input: `${parts[0]}.${parts[1]}`, payload: payload, signature: signature };
}

/** `crit` and `b64` change what is signed (RFC 7515 §4.1.11, RFC 7797); `typ` tells tokens of other kinds apart. */
function isPlainJwt(header) {
  if (typeof header.alg !== 'string' || strict.hasOwn(header, 'crit') || strict.hasOwn(header, 'b64'))
    return false;
  if (!strict.hasOwn(header, 'typ')) return true;
  return typeof header.typ === 'string' && mediaTypes.indexOf(header.typ.toLowerCase()) !== -1;
}

/** The only key with the header's `kid`; a set of a single key may be meant without one. */
function keyOf(header, keys) {
  if (!strict.hasOwn(header, 'kid')) return keys.length === 1 ? keys[0] : undefined;
  if (typeof header.kid !== 'string') return undefined;
  const found = keys.filter((key) => strict.hasOwn(key, 'kid') && key.kid === header.kid);
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Whether a key signed what `parse` returned, with one of its own algorithms. key: {kid?, algorithms, spki, curve?,
 * signatureBytes} as in an authenticator's data, or {algorithms, secret} with the bytes of a shared secret. Throws when
 * the gateway's own key cannot be used.
 */
async function verify(jws, key) {
  const algorithm = jws.header.alg;
  if (key.algorithms.indexOf(algorithm) === -1) return false;
  if (key.secret !== undefined) {
    const held = await verifyHmac(jws, key.secret, algorithm);
    return held;
  }
  if (jws.signature.length !== key.signatureBytes) return false;
  const publicKey = await importKey(key, algorithm);
  const parameters = parametersOf(algorithm);
  const held = await crypto.subtle.verify(parameters, publicKey, jws.signature, Buffer.from(jws.input));
  return held === true;
}

/** What WebCrypto calls an algorithm of RFC 7518. */
function parametersOf(algorithm) {
  const bits = Number(algorithm.slice(2));
  return { name: schemes[algorithm.slice(0, 2)].name, hash: `SHA-${bits}`, saltLength: bits / 8 };
}

async function importKey(key, algorithm) {
  const name = `${algorithm} ${key.curve} ${key.spki}`;
  if (strict.hasOwn(imported, name)) return imported[name];
  const parameters = parametersOf(algorithm);
  parameters.namedCurve = key.curve;
  const spki = Buffer.from(key.spki, 'base64');
  const made = await crypto.subtle.importKey('spki', spki, parameters, false, ['verify']);
  imported[name] = made;
  return made;
}

/** Whether the engine takes the key: a point off its curve and a kind of key that it lacks are refused. */
async function canImport(key) {
  try {
    await importKey(key, key.algorithms[0]);
    return true;
  } catch (_error) {
    return false;
  }
}

/** Computes the code and compares every byte of it: njs's own comparison stops at the first difference. */
async function verifyHmac(jws, secret, algorithm) {
  const parameters = { name: 'HMAC', hash: `SHA-${algorithm.slice(2)}` };
  const key = await crypto.subtle.importKey('raw', secret, parameters, false, ['sign']);
  const made = await crypto.subtle.sign(parameters, key, Buffer.from(jws.input));
  const code = new Uint8Array(made);
  if (code.length !== jws.signature.length) return false;
  let different = 0;
  for (let i = 0; i < code.length; i += 1) different |= code[i] ^ jws.signature[i];
  return different === 0;
}

export default { parse, keyOf, verify, canImport };
