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
  const headerBytes = decode(parts[0]);
  const payload = decode(parts[1]);
  const signature = decode(parts[2]);
  if (headerBytes === undefined || payload === undefined || signature === undefined) return undefined;
  const header = json.readObject(headerBytes);
  if (header === undefined || !isPlainJwt(header)) return undefined;
  return { header: header, input: `${parts[0]}.${parts[1]}`, payload: payload, signature: signature };
}

/** Strict base64url (RFC 7515 §2): no padding, no other alphabet, unused bits zero. */
function decode(part) {
  if (!strict.matches(/^[A-Za-z0-9_-]*/, part)) return undefined;
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
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
 * Whether a key of {kid?, algorithms, spki, curve?, signatureBytes}, as in an authenticator's data, signed what `parse`
 * returned, with one of its own algorithms. Throws when the gateway's own key cannot be used.
 */
async function verify(jws, key) {
  const algorithm = jws.header.alg;
  if (key.algorithms.indexOf(algorithm) === -1 || jws.signature.length !== key.signatureBytes) return false;
  const scheme = schemes[algorithm.slice(0, 2)];
  const bits = Number(algorithm.slice(2));
  const hash = `SHA-${bits}`;
  const imported = await importKey(key, algorithm, scheme, hash);
  const parameters = { name: scheme.name, hash: hash, saltLength: bits / 8 };
  const held = await crypto.subtle.verify(parameters, imported, jws.signature, Buffer.from(jws.input));
  return held === true;
}

async function importKey(key, algorithm, scheme, hash) {
  const name = `${algorithm} ${key.curve} ${key.spki}`;
  if (strict.hasOwn(imported, name)) return imported[name];
  const spki = Buffer.from(key.spki, 'base64');
  const parameters = { name: scheme.name, hash: hash, namedCurve: key.curve };
  const made = await crypto.subtle.importKey('spki', spki, parameters, false, ['verify']);
  imported[name] = made;
  return made;
}

export default { parse, keyOf, verify };
