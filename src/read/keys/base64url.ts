/** Strict base64url without padding (RFC 7515 §2): undefined unless decoding and encoding gives the same text. */
export function decodeBase64url(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || text === '' || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Big-endian bytes as a number. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
