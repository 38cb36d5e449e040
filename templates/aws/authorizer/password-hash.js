import { createHash, timingSafeEqual } from 'node:crypto';

/*
 * Hashes of passwords: Apache's {SHA} and $apr1$ (MD5), and $5$ and $6$ ("Unix crypt using SHA-256 and SHA-512",
 * Ulrich Drepper, 2008).
 */

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** More would hold up all other requests. */
const mostRounds = 500000;

/** Whether a password has the hash; undefined for hashes of other kinds. */
export function passwordHolds(password, hash) {
  const made = hashLike(hash, Buffer.from(password));
  if (made === undefined) return undefined;
  const [a, b] = [made, hash].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a, b);
}

/** The password's hash with the salt and the rounds of another one. */
function hashLike(hash, password) {
  if (hash.startsWith('{SHA}')) return `{SHA}${digest('sha1', password).toString('base64')}`;
  const [, kind, , rounds, salt] =
    /^\$(apr1|5|6)\$(rounds=([1-9][0-9]{0,8})\$)?([^$]{0,16})\$[./0-9A-Za-z]+$/.exec(hash) ?? [];
  if (kind === undefined || (kind === 'apr1' && (rounds !== undefined || salt.length > 8))) return undefined;
  if (kind === 'apr1') return `$apr1$${salt}$${apr1(password, Buffer.from(salt))}`;
  const times = Math.max(1000, Number(rounds ?? 5000));
  if (times > mostRounds) return undefined;
  const start = `$${kind}$${rounds === undefined ? '' : `rounds=${times}$`}${salt}$`;
  return start + shaCrypt(password, Buffer.from(salt), times, kind === '5' ? sha256 : sha512);
}

function digest(algorithm, ...parts) {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function apr1(password, salt) {
  const inner = digest('md5', password, salt, password);
  const parts = [password, '$apr1$', salt, repeated(inner, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1)
    parts.push(bits & 1 ? Buffer.alloc(1) : password.subarray(0, 1));
  let made = digest('md5', ...parts);
  for (let round = 0; round < 1000; round += 1) made = mixed('md5', round, made, password, salt);
  return encode(made, [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]]);
}

/** Which bytes make the characters of a result: three make four, from the highest. */
const sha256 = { name: 'sha256', order: [...triples(10, 1, [0, 10, 20], 30), [31, 30]] };
const sha512 = { name: 'sha512', order: [...triples(21, 2, [0, 21, 42], 63), [63]] };

/** Each triple is the one before, turned by `turn` places and one further. */
function triples(count, turn, first, size) {
  const list = [first];
  while (list.length < count) {
    const next = list.at(-1).map((byte) => (byte + 1) % size);
    list.push([...next.slice(3 - turn), ...next.slice(0, 3 - turn)]);
  }
  return list;
}

function shaCrypt(password, salt, rounds, { name, order }) {
  const inner = digest(name, password, salt, password);
  const parts = [password, salt, repeated(inner, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password);
  let made = digest(name, ...parts);
  const p = repeated(digest(name, ...Array(password.length).fill(password)), password.length);
  const s = repeated(digest(name, ...Array(16 + made[0]).fill(salt)), salt.length);
  for (let round = 0; round < rounds; round += 1) made = mixed(name, round, made, p, s);
  return encode(made, order);
}

function mixed(name, round, made, password, salt) {
  const [first, last] = round & 1 ? [password, made] : [made, password];
  const parts = [first];
  if (round % 3 !== 0) parts.push(salt);
  if (round % 7 !== 0) parts.push(password);
  return digest(name, ...parts, last);
}

/** Bytes again and again, up to a length. */
function repeated(bytes, length) {
  return Buffer.alloc(length, bytes);
}

function encode(bytes, order) {
  return order
    .map((group) => {
      let value = group.reduce((sum, index) => sum * 256 + bytes[index], 0);
      let text = '';
      for (let i = 0; i <= group.length; i += 1) {
        text += alphabet[value & 63];
        value >>= 6;
      }
      return text;
    })
    .join('');
}
