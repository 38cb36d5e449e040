import type { Shape } from '../shape.ts';
import { type Parsed, PRINTABLE, text } from '../text.ts';

/** Names of attribute types with the object identifiers that mean the same (RFC 4519, RFC 5280 appendix A). */
const types: readonly (readonly [string, ...string[]])[] = [
  ['CN', '2.5.4.3', 'commonName'],
  ['SN', '2.5.4.4', 'surname'],
  ['serialNumber', '2.5.4.5'],
  ['C', '2.5.4.6', 'countryName'],
  ['L', '2.5.4.7', 'localityName'],
  ['ST', '2.5.4.8', 'stateOrProvinceName'],
  ['street', '2.5.4.9', 'streetAddress'],
  ['O', '2.5.4.10', 'organizationName'],
  ['OU', '2.5.4.11', 'organizationalUnitName'],
  ['title', '2.5.4.12'],
  ['description', '2.5.4.13'],
  ['businessCategory', '2.5.4.15'],
  ['postalCode', '2.5.4.17'],
  ['GN', '2.5.4.42', 'givenName'],
  ['initials', '2.5.4.43'],
  ['generationQualifier', '2.5.4.44'],
  ['dnQualifier', '2.5.4.46'],
  ['pseudonym', '2.5.4.65'],
  ['organizationIdentifier', '2.5.4.97'],
  ['DC', '0.9.2342.19200300.100.1.25', 'domainComponent'],
  ['UID', '0.9.2342.19200300.100.1.1', 'userId'],
  ['emailAddress', '1.2.840.113549.1.9.1', 'email', 'E'],
];
const typeNames = new Map(
  types.flatMap(([short, ...others]) =>
    [short, ...others].map((name) => [name.toLowerCase(), short] as const),
  ),
);

const MOST_PARTS = 32;
/** One attribute value of RFC 4514 §3: characters, `\` before a special, or `\` and two hexadecimal digits. */
const PART = /([A-Za-z0-9.-]+) *= *((?:[^",+<>;\\]|\\[ "#+,;<=>\\]|\\[0-9A-Fa-f]{2})*?) *(,|\+|$) */y;
const REVERSED = 'Write the most specific part first, with commas between: CN=acme,O=Acme.';

/**
 * The subject of a certificate (RFC 4514) in one spelling: that of RFC 2253 as OpenSSL prints it, which is what servers
 * show. Most specific part first, no blanks around separators, short names of types, specials escaped with a
 * backslash, bytes beyond ASCII as `\C3\BC`. Values are compared character by character.
 */
export const distinguishedName: Shape<string> = text({
  label: 'distinguished name',
  pattern: `${PRINTABLE}{3,1024}`,
  allows: 'parts like CN=acme joined by commas, the most specific first, specials escaped with a backslash',
  example: 'CN=acme,O=Acme',
  parse: normalise,
});

function normalise(value: string): Parsed<string> {
  if (value.startsWith('/')) return { problem: 'is not in the form of RFC 4514', fix: REVERSED };
  const parts: string[] = [];
  for (let index = 0; ; ) {
    PART.lastIndex = index;
    const [whole, type = '', written = '', separator] = PART.exec(value) ?? [];
    if (whole === undefined) return { problem: 'is not a distinguished name of RFC 4514' };
    if (separator === '+') {
      return {
        problem: 'has a part of several attributes ("+"), whose order in text is not defined',
        fix: 'Leave out "subjects", or give the holder a certificate with one attribute in each part.',
      };
    }
    const part = normalisePart(type, written);
    if (!('value' in part)) return part;
    parts.push(part.value);
    if (parts.length > MOST_PARTS) return { problem: `has more than ${MOST_PARTS} parts` };
    if (separator === '') return { value: parts.join(',') };
    index += whole.length;
  }
}

function normalisePart(type: string, written: string): Parsed<string> {
  const name = typeNames.get(type.toLowerCase());
  if (name === undefined) {
    const known = types.map(([short]) => short).join(', ');
    return { problem: `has the attribute type "${type}", which gwc does not know`, fix: `Use ${known}.` };
  }
  if (written === '') return { problem: `has the attribute "${type}" without a value` };
  if (/^#./.test(written)) {
    return { problem: 'has a value in hexadecimal form', fix: 'Write the value as text.' };
  }
  const bytes = decode(written);
  if (!isText(bytes)) {
    return { problem: `has a value of "${type}" that is not UTF-8 text without control characters` };
  }
  return { value: `${name}=${encode(bytes)}` };
}

function decode(written: string): Uint8Array {
  const bytes: Buffer[] = [];
  for (const [one, hex, special] of written.matchAll(/\\([0-9A-Fa-f]{2})|\\(.)|[^\\]/gsu)) {
    bytes.push(hex === undefined ? Buffer.from(special ?? one) : Buffer.from(hex, 'hex'));
  }
  return Buffer.concat(bytes);
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !/\p{Cc}/u.test(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** ASN1_STRFLGS_RFC2253 of OpenSSL: bytes beyond ASCII are escaped one by one, and a `#` that is the whole value is not. */
function encode(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte, index) => {
      if (byte >= 0x80) return `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      const character = String.fromCharCode(byte);
      const atEdge =
        (character === '#' && index === 0 && bytes.length > 1) ||
        (character === ' ' && (index === 0 || index === bytes.length - 1));
      return atEdge || /[,+"\\<>;]/.test(character) ? `\\${character}` : character;
    })
    .join('');
}
