import { createHash, timingSafeEqual } from 'node:crypto';
import { own } from './json.js';

/**
 * Whose an API key is. Only SHA-256 of keys are known, by their first four digits: [[hash, name, groups], …]. The look-up
 * tells of the hash of a guess, and the rest is compared in constant time. {consumer, groups, subject} or 'invalid'.
 */
export function verifyKey(key, consumers) {
  const hash = createHash('sha256').update(key, 'latin1').digest();
  const candidates = own(consumers, hash.toString('hex', 0, 2)) ?? [];
  const found = candidates.find(([known]) => timingSafeEqual(Buffer.from(known, 'hex'), hash));
  if (found === undefined) return 'invalid';
  const [, consumer, groups] = found;
  return { consumer, groups, subject: consumer };
}
