import { createHash } from 'node:crypto';
import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Authenticator, Consumer } from '../../model/authentication.ts';
import type { Origin } from '../../model/origin.ts';
import {
  consumerWithoutKeys,
  guessableKey,
  keyOfTwoConsumers,
  nameUnused,
  nobodyHasKeys,
} from '../diagnostics.ts';
import type { MergedRoot } from '../root/merge-roots.ts';

/** What people write where a key is missing, and what an empty variable is. */
const placeholders = `
  key apikey api-key api_key secret password passwd changeme change-me admin test demo example default none null
  undefined foo bar 123456 12345678 123456789 token mykey my-key letmein qwerty`;
const guessable = new Map(
  ['', '\n', ...placeholders.trim().split(/\s+/)].flatMap((word) =>
    (word.trim() === '' ? [word] : [word, word.toUpperCase(), `${word}\n`]).map(
      (text) => [createHash('sha256').update(text).digest('hex'), text.trim()] as const,
    ),
  ),
);

/** Declared consumers in the order of names. No two share a key, and no key is one that anybody would try. */
export function readConsumers(
  declared: MergedRoot['consumers'],
  authenticators: readonly Authenticator[],
  report: Report,
): readonly Consumer[] {
  const owners = new Map<string, { readonly name: string; readonly at: Origin }>();
  const consumers = [...declared].map(([name, { value: block, at }]): Consumer => {
    const keys = block.keys?.value ?? [];
    if (keys.length === 0) report(diagnostic(consumerWithoutKeys, at, { name }, { side: 'key' }));
    for (const { value } of keys) {
      const { value: hash, at: place } = value.sha256;
      const owner = owners.get(hash);
      if (owner !== undefined) {
        const options = { related: [related('The other key.', owner.at)] };
        report(diagnostic(keyOfTwoConsumers, place, { one: owner.name, other: name }, options));
      } else owners.set(hash, { name, at: place });
      const word = guessable.get(hash);
      if (word !== undefined) {
        const key = word === '' ? 'the empty text' : `the word "${word}"`;
        report(diagnostic(guessableKey, place, { name, key }));
      }
    }
    return {
      name,
      keys: keys.map(({ value }) => value.sha256.value),
      groups: (block.groups?.value ?? []).map(({ value }) => value),
      plan: undefined,
      at,
    };
  });
  checkUse(consumers, authenticators, report);
  return consumers;
}

function checkUse(
  consumers: readonly Consumer[],
  authenticators: readonly Authenticator[],
  report: Report,
): void {
  const readers = authenticators.filter(({ kind }) => kind === 'api-key');
  if (readers.length === 0) {
    for (const { name, at } of consumers)
      report(diagnostic(nameUnused, at, { kind: 'consumer', name }, { side: 'key' }));
  } else if (consumers.every(({ keys }) => keys.length === 0)) {
    for (const { name, at } of readers) report(diagnostic(nobodyHasKeys, at, { name }, { side: 'key' }));
  }
}
