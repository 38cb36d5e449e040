import { list } from '../collections.ts';
import { optional, record, required } from '../record.ts';
import { claimText, sha256 } from '../values/names.ts';

const key = record('key of a consumer', {
  sha256: required(
    sha256,
    'SHA-256 of the key. `gwc key` makes a key and prints it; the key itself stands nowhere.',
  ),
});

/** One entry of `consumers`: somebody with API keys. */
export const consumer = record(
  'consumer',
  {
    keys: optional(
      list(key, { identity: ({ sha256: hash }) => hash.value }),
      'Its keys; several while one replaces another.',
      'none',
    ),
    groups: optional(
      list(claimText('group', 'partners'), { identity: (value) => value }),
      'Groups that policies ask for with `{group: name}`.',
      'none',
    ),
  },
  { later: ['plan'] },
);
