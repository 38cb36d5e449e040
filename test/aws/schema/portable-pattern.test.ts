import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { portablePattern } from '../../../src/targets/aws/schema/portable-pattern.ts';

describe('a pattern that Java and ECMA-262 read alike', () => {
  test.each([
    ['^[a-z0-9_]+', '^[a-z0-9\\x5f]+'],
    ['^(?<year>\\d{4})-(?:\\d{2})', '^(\\d{4})-(?:\\d{2})'],
    ['a$', 'a(?![\\d\\D])'],
    ['a{,3}', 'a\\{,3\\}'],
    ['[[&&a]', '[\\x5b\\x26\\x26a]'],
    [
      '[\\s\\S]',
      '[\\x09-\\x0d\\x20\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\d\\D]',
    ],
    ['\\v\\/', '\\x0b\\/'],
    ['[\\w-.]', '[\\w\\x2d\\x2e]'],
  ])('%s', (source, portable) => {
    expect(portablePattern(source)).toBe(portable);
  });

  test.each([
    ...[
      '(a)\\1',
      '(?<n>a)\\k<n>',
      '(?<=a)b',
      '(?<!a)b',
      '\\bword',
      '\\p{L}',
      '(?i)a',
      'a++',
      'a**',
      '(',
      'a)',
      '[a',
    ],
    ...[
      '*a',
      '[b-a]',
      'a{3,2}',
      '[]',
      '[^]',
      '\\Qa\\E',
      '\\cA',
      '\\u{61}',
      '\\x1',
      '[\\S]',
      '(?=a)*',
      '\\',
      '\ud800',
    ],
  ])('%s has none', (source) => {
    expect(portablePattern(source)).toBeUndefined();
  });

  const pieces = fc.constantFrom(
    ...[
      'a',
      'b',
      '\u00e9',
      ' ',
      '.',
      '^',
      '$',
      '|',
      '(',
      ')',
      '(?:',
      '(?=',
      '(?!',
      '(?<n>',
      '[',
      '[^',
      ']',
      '-',
      '\\',
    ],
    ...[
      '*',
      '+',
      '?',
      '{',
      '}',
      '{1,2}',
      '{2}',
      ',',
      '\\d',
      '\\s',
      '\\S',
      '\\w',
      '\\W',
      '\\n',
      '\\x61',
      '\\u0062',
      '&',
      '/',
    ],
  );
  const texts = fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '\u00a0',
      ' ',
      '&',
      '-',
      '1',
      '\u00e9',
      '{',
      '😀',
    ),
    maxLength: 4,
  });

  test('means what it meant', () => {
    let compared = 0;
    const source = fc.array(pieces, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(source, fc.array(texts, { minLength: 8, maxLength: 8 }), (pattern, subjects) => {
        const meant = compiled(pattern);
        const portable = portablePattern(pattern);
        if (meant === undefined || portable === undefined) return;
        compared += 1;
        const found = new RegExp(portable, 'u');
        for (const subject of subjects)
          expect(found.test(subject), `${portable} ${subject}`).toBe(meant.test(subject));
      }),
      { numRuns: 10_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
