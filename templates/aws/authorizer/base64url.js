/**
 * Bytes of unpadded base64url (RFC 7515 §2); undefined when the text is anything but the only encoding of its bytes:
 * padding, another alphabet, white space, unused bits that are not zero.
 */
export function decode(text) {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
