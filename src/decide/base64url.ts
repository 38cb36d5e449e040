/**
 * Bytes of unpadded base64url (RFC 7515 §2), or undefined when the text is anything but the only canonical encoding of
 * its bytes: padding, another alphabet, white space or non-zero tail bits (BEHAVIOUR.md J17).
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
