import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryValues, withoutParameters } from '../../src/decide/query-parameter.ts';

test.each([
  ['a=1&key=x&b', 'a=1&b'],
  ['key=x', undefined],
  ['key', undefined],
  ['key=x&key=y', undefined],
  ['%6Bey=x&a', 'a'],
  ['Key=x', 'Key=x'],
  ['key%=x', 'key%=x'],
  ['keys=x&k=key', 'keys=x&k=key'],
  ['', ''],
  ['&&key=x&', '&&'],
  ['a=key=x;key=y', 'a=key=x;key=y'],
  ['a=+%20&key=', 'a=+%20'],
])('of %s the back end gets %s', (query, kept) => {
  expect(withoutParameters(query, new Set(['key']))).toBe(kept);
});

test('what is kept is verbatim and in order, what is removed is every value of the name', () => {
  const piece = fc.constantFrom('a', 'key', '%6bey', '=', '&', '&', '%', '%zz', '+', ';', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const query = pieces.join('');
      const kept = withoutParameters(query, new Set(['key']));
      expect(queryValues(kept, 'key')).toEqual([]);
      const pairs = kept === undefined ? [] : kept.split('&');
      expect(pairs.length + queryValues(query, 'key').length).toBe(query.split('&').length);
      expect(withoutParameters(kept, new Set(['key']))).toBe(kept);
    }),
    { numRuns: 300 },
  );
});
