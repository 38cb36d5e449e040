import { readUtf8 } from './json.js';
import { passwordHolds } from './password-hash.js';

/*
 * User names and passwords (RFC 7617) of a file in the format of Apache's htpasswd.
 */

/**
 * Whose name and password these are. credentials: base64 of name, colon and password, in UTF-8 without control
 * characters; file: the bytes of the users file. {subject}, 'invalid', or 'unavailable' where nobody can tell.
 */
function verifyPassword(credentials, file) {
  const bytes = Buffer.from(credentials, 'base64');
  if (bytes.toString('base64') !== credentials) return 'invalid';
  const [, user, password] = /^([^:\x00-\x1f\x7f]+):([^\x00-\x1f\x7f]*)$/.exec(readUtf8(bytes) ?? '') ?? [];
  if (user === undefined) return 'invalid';
  const lines = file === undefined ? undefined : readUtf8(file)?.split(/\r?\n/);
  if (lines === undefined) return 'unavailable';
  const entry = lines.find((line) => line.startsWith(`${user}:`) && !line.startsWith('#'));
  const holds =
    entry === undefined ? false : passwordHolds(password, entry.slice(user.length + 1).split(':')[0]);
  if (holds === undefined) console.error('the users file has an entry of a kind that cannot be compared');
  if (holds === undefined) return 'unavailable';
  return holds ? { subject: user } : 'invalid';
}

PARTS.passwords = { verifyPassword };
