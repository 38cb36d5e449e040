import strict from './strict.js';

/** Strict base64url (RFC 7515 §2): no padding, no other alphabet, unused bits zero. undefined for anything else. */
function decode(part) {
  if (!strict.matches(/^[A-Za-z0-9_-]*/, part)) return undefined;
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}

export default { decode };
