import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../src/decide/parse-target.ts';
import { judgePath } from '../../src/decide/path-profile.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const corpus = new URL('gwc/path-corpus.json', vectors);
const pairs = new URL('envoy/path_pairs.json', vectors);
const isAccepted = (target: string): boolean => {
  const parsed = parseTarget(target, 'a.test');
  return parsed.ok && parsed.target.characters.length === 0 && !parsed.target.absolute;
};

/** The corpus was written before encoded printable characters were settled: they stay (`%20` is an ordinary path). */
const settledSince = new Set(['/admin%20', '/admin%3f', '/admin%23']);

describe.skipIf(!existsSync(corpus))(
  'the corpus of request targets (P1-P18; skipped without ../shared)',
  () => {
    const { cases } = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')) : { cases: [] };
    test.each(cases as readonly { readonly target: string; readonly profile: string }[])(
      '$profile $target',
      ({ target, profile }) => {
        expect(isAccepted(target)).toBe(profile === 'accept' || settledSince.has(target));
      },
    );
  },
);

describe.skipIf(!existsSync(pairs))(
  'paths that other gateways repair are refused (skipped without ../shared)',
  () => {
    const { reject, normalize, merge_slashes, strip_fragment } = existsSync(pairs)
      ? JSON.parse(readFileSync(pairs, 'utf8'))
      : { reject: [], normalize: [], merge_slashes: [], strip_fragment: [] };
    test.each(reject as readonly string[])('rejected there, %s', (target) => {
      expect(isAccepted(target)).toBe(false);
    });
    test.each([...normalize, ...merge_slashes, ...strip_fragment] as readonly (readonly [string, string])[])(
      'repaired there, %s to %s',
      (target, repaired) => {
        expect(isAccepted(target)).toBe(target === repaired && !/%c0|%5c|%2f|%25/i.test(target));
      },
    );
  },
);

const refusals: readonly (readonly [string, string, string])[] = [
  ['P1', '/admin%2Fx', 'relaxable'],
  ['P2', '/x/%2e%2e/admin', 'refused'],
  ['P2', '/x/../admin', 'refused'],
  ['P2', '/x/..', 'refused'],
  ['P2', '/...', 'canonical'],
  ['P3', '//a', 'refused'],
  ['P3', '/a/', 'canonical'],
  ['P3', '/', 'canonical'],
  ['P3', '//', 'refused'],
  ['P4', '/%7Euser', 'refused'],
  ['P5', '/%2561', 'relaxable'],
  ['P8', '/a;b', 'relaxable'],
  ['P8', '/..;x/a', 'refused'],
  ['P8', '/..%3Bx/a', 'refused'],
  ['P8', '/.;/a', 'refused'],
  ['P9', '/a%5cb', 'relaxable'],
  ['P9', '/a%5C..%5Cb', 'refused'],
  ['P1', '/a%2F..%2Fb', 'refused'],
  ['P1', '/a%2f.', 'refused'],
  ['P10', '/%00', 'refused'],
  ['P10', '/%7f', 'refused'],
  ['P10', '/%C2%80', 'canonical'],
  ['P11', '/%', 'refused'],
  ['P11', '/%4', 'refused'],
  ['P15', '/%C0%AE', 'refused'],
  ['P15', '/%ED%A0%80', 'refused'],
  ['P15', '/%F4%90%80%80', 'refused'],
  ['P15', '/%F0%9F%98%80', 'canonical'],
  ['P15', '/%EF%BB%BF', 'canonical'],
];

test.each(refusals)('%s %s is %s', (_, path, verdict) => {
  expect(judgePath(path).kind).toBe(verdict);
});

test('P18: a query is not judged, but holds target bytes only', () => {
  expect(isAccepted('/a?x=%00&x=%zz;//../')).toBe(true);
  expect(isAccepted('/a?x=é')).toBe(false);
  expect(isAccepted('/a?x={y}')).toBe(false);
  expect(isAccepted('/a?x#y')).toBe(false);
});

test('P13: the absolute form is read only for its own authority', () => {
  expect(parseTarget('http://a.test/b?c', 'A.test')).toMatchObject({
    ok: true,
    target: { text: '/b?c', absolute: true },
  });
  expect(parseTarget('http://b.test/b', 'a.test').ok).toBe(false);
  expect(parseTarget('http://a.test', 'a.test').ok).toBe(false);
  expect(parseTarget('http://a.test?x', 'a.test').ok).toBe(false);
});

test('what is canonical means the same to everybody: it survives URL parsing and decodes segment by segment', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'/.%2eEfF5cC;a0~é\\ ?'.split('')),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (tail) => {
      const path = `/${tail}`;
      if (judgePath(path).kind !== 'canonical' || !isAccepted(path) || path.includes('?')) return;
      expect(new URL(path, 'http://a.test').pathname).toBe(path);
      expect(decodeURIComponent(path).split('/')).toEqual(path.split('/').map(decodeURIComponent));
    }),
    { numRuns: 3000 },
  );
});
