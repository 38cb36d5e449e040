import strict from './strict.js';

/*
 * Internet addresses as lists of bytes, 4 or 16. IPv4-mapped IPv6 (RFC 4291 §2.5.5.2) counts as IPv4.
 */

/** The bytes of an address in text form; undefined for anything else, zones and leading zeros of IPv4 included. */
function parse(text) {
  if (text.indexOf(':') === -1) return parseV4(text);
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const left = parseGroups(halves[0], halves.length === 1);
  const right = halves.length === 1 ? [] : parseGroups(halves[1], true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  const bytes = left.concat(zeros(missing), right);
  return isMapped(bytes) ? bytes.slice(12) : bytes;
}

function parseV4(text) {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => strict.matches(/^(?:0|[1-9][0-9]{0,2})/, part)))
    return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** Groups of IPv6 between colons; the last one may be IPv4 when these are the last groups of the address. */
function parseGroups(text, isEnd) {
  if (text === '') return [];
  const groups = text.split(':');
  let bytes = [];
  for (let i = 0; i < groups.length; i += 1) {
    if (isEnd && i === groups.length - 1 && groups[i].indexOf('.') !== -1) {
      const v4 = parseV4(groups[i]);
      if (v4 === undefined) return undefined;
      bytes = bytes.concat(v4);
    } else {
      if (!strict.matches(/^[0-9a-fA-F]{1,4}/, groups[i])) return undefined;
      const value = parseInt(groups[i], 16);
      bytes = bytes.concat([value >> 8, value & 0xff]);
    }
  }
  return bytes;
}

function zeros(count) {
  const bytes = [];
  while (bytes.length < count) bytes.push(0);
  return bytes;
}

function isMapped(bytes) {
  return bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff));
}

/** Whether the address lies in a range `<network>/<length>`: the first bits are equal. */
function isIn(bytes, range) {
  const slash = range.indexOf('/');
  const network = parse(range.slice(0, slash));
  const length = Number(range.slice(slash + 1));
  if (network === undefined || Number.isNaN(length)) throw new Error('no such range');
  if (bytes.length !== network.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.min(8, length - index * 8);
    return bits <= 0 || byte >> (8 - bits) === network[index] >> (8 - bits);
  });
}

/** Canonical text (RFC 5952) of the bytes of an address: of several longest runs of zeros the first is left out. */
function print(bytes) {
  if (bytes.length === 4) return bytes.join('.');
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push((bytes[i] * 256 + bytes[i + 1]).toString(16));
  const longest = longestZeros(groups);
  if (longest.length < 2) return groups.join(':');
  const left = groups.slice(0, longest.start).join(':');
  return `${left}::${groups.slice(longest.start + longest.length).join(':')}`;
}

function longestZeros(groups) {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i < groups.length; i += 1) {
    if (groups[i] !== '0') start = i + 1;
    else if (i + 1 - start > longest.length) longest = { start: start, length: i + 1 - start };
  }
  return longest;
}

export default { parse, isIn, print };
