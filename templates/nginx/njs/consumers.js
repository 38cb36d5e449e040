// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import hashes from 'crypto';
import files from './files.js';
import strict from './strict.js';

/*
 * API keys. Only their SHA-256 is known, in files by its first two digits.
 */

/** bytes: the key as it was presented; authenticator: its data file. */
function verify(bytes, authenticator, r) {
  const hash = hashes.createHash('sha256').update(bytes).digest('hex');
  const bucket = hash.slice(0, 2);
  if (authenticator.buckets.indexOf(bucket) === -1) return { kind: 'invalid' };
  const known = files.readData(r, `consumers/${bucket}`);
  if (!strict.hasOwn(known, hash)) return { kind: 'invalid' };
  const found = known[hash];
  return { kind: 'valid', subject: found.consumer, consumer: found.consumer, groups: found.groups };
}

export default { verify };
