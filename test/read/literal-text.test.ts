import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalText } from '../../src/read/path/literal-text.ts';

const canonical: readonly (readonly [string, string])[] = [
  ['users', 'users'],
  ["drive(id='7')", "drive(id='7')"],
  ['a:verb', 'a:verb'],
  ['@me', '@me'],
  ['%41%2d%7E', 'A-~'],
  ['%c3%a9', '%C3%A9'],
  ['é', '%C3%A9'],
  ['a b', 'a%20b'],
  ['%20', '%20'],
  ['<x>', '%3Cx%3E'],
  ['$count', '$count'],
  ['%28', '%28'],
  ['😀', '%F0%9F%98%80'],
];
const refused = [
  'a;b',
  '%3B',
  '%2F',
  '%2f',
  '%5C',
  '\\',
  '%25',
  '%',
  '%4',
  '%zz',
  '%00',
  '%0a',
  '\n',
  '%7f',
  '\x7f',
  '%ff',
  '%c0%ae',
  '%ed%a0%80',
  '\ud800',
];

describe('literal path text', () => {
  it.each(canonical)('%j stands in requests as %j', (written, text) => {
    expect(literalText(written)).toEqual({ ok: true, text });
  });

  it.each(refused)('%j can be in no accepted request', (written) => {
    expect(literalText(written).ok).toBe(false);
  });

  it('is canonical after one pass and within the bytes of the path profile', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (written) => {
        const once = literalText(written.replace(/[/?#]/g, ''));
        if (!once.ok) return;
        expect(once.text).toMatch(/^(?:[A-Za-z0-9\-._~!$&'()*+,=:@[\]]|%[0-9A-F]{2})*$/);
        expect(literalText(once.text)).toEqual(once);
      }),
    );
  });
});
