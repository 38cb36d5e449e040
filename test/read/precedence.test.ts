import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece, Segment } from '../../src/model/path.ts';
import { pathShape } from '../../src/read/path/path-shape.ts';
import { parseTemplate } from '../../src/read/path/path-template.ts';
import { comparePrecedence, precedenceKey } from '../../src/read/path/precedence.ts';

const literal = fc.constantFrom('a', 'b', 'ab', '.json').map((text): Piece => ({ kind: 'literal', text }));
const parameter = fc.constantFrom('x', 'y').map((name): Piece => ({ kind: 'parameter', name }));
/** No two literals beside each other: parsing never makes them. */
const plain = fc.array(fc.oneof(literal, parameter), { maxLength: 4 }).map(
  (pieces): Segment => ({
    kind: 'plain',
    pieces: pieces.filter((piece, i) => piece.kind === 'parameter' || pieces[i - 1]?.kind !== 'literal'),
  }),
);
const segments = fc
  .tuple(fc.array(plain, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([list, greedy]): readonly Segment[] => (greedy ? [...list, { kind: 'greedy', name: 'rest' }] : list));

const compare = (a: readonly Segment[], b: readonly Segment[]): number =>
  comparePrecedence(precedenceKey(a), precedenceKey(b));

describe('precedence of paths', () => {
  it('is a strict total order over shapes', () => {
    fc.assert(
      fc.property(segments, segments, segments, (a, b, c) => {
        const same = pathShape(a) === pathShape(b);
        expect(compare(a, b) === 0).toBe(same);
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        if (compare(a, b) < 0 && compare(b, c) < 0) {
          expect(compare(a, c)).toBeLessThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      ['/a/{x}', '/a/b'],
      ['/a/b', '/a/{x}'],
    ],
    [
      ['/a/{x}', '/a/{x}.json'],
      ['/a/{x}.json', '/a/{x}'],
    ],
    [
      ['/{x}.js', '/{x}.json'],
      ['/{x}.json', '/{x}.js'],
    ],
    [
      ['/a/{x}/c', '/a/b/{y}'],
      ['/a/b/{y}', '/a/{x}/c'],
    ],
    [
      ['/f/{rest+}', '/f/{x}', '/f/', '/f/x'],
      ['/f/', '/f/x', '/f/{x}', '/f/{rest+}'],
    ],
    [
      ['/{rest+}', '/{x}/b', '/{x}'],
      ['/{x}', '/{x}/b', '/{rest+}'],
    ],
    [
      ['/{a}{b}', '/{a}', '/{a}-{b}'],
      ['/{a}-{b}', '/{a}{b}', '/{a}'],
    ],
  ])('orders %j as %j whatever their order in the document', (written, expected) => {
    for (const order of [written, [...written].reverse()]) {
      const paths = order.map((template) => {
        const parsed = parseTemplate(template);
        return { template, segments: parsed.ok ? parsed.template.segments : [] };
      });
      paths.sort((a, b) => compare(a.segments, b.segments));
      expect(paths.map(({ template }) => template)).toEqual(expected);
    }
  });
});
