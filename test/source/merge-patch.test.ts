import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergePatch } from '../../src/source/index.ts';
import { type Node, nodeOf } from '../../src/source/node.ts';

const at = (file: string) => ({ file, pointer: '' });
const merge = (base: unknown, patch: unknown) =>
  mergePatch(nodeOf(base, at('base')), nodeOf(patch, at('patch')));

/** The pseudocode of RFC 7396, section 2. */
function reference(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = reference(result[name], value);
  }
  return result;
}

describe('an environment patches a block', () => {
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j', (base, patch, expected) => expect(merge(base, patch).value).toEqual(expected));

  test('like RFC 7396, for any two documents', () => {
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(json, json, (base, patch) => {
        expect(merge(base, patch).value).toEqual(reference(base, patch));
      }),
      { numRuns: 300 },
    );
  });

  test('every value keeps the place where it was written', () => {
    const merged = merge({ a: { b: 1, c: [1] }, d: 2 }, { a: { b: 3, n: { o: 4 } } });
    const places: string[] = [];
    const visit = (node: Node): void => {
      places.push(`${node.at.file}${node.at.pointer}`);
      for (const [, child] of node.entries()) visit(child);
    };
    visit(merged);
    expect(places).toEqual([
      'base',
      'base/a',
      'patch/a/b',
      'base/a/c',
      'base/a/c/0',
      'patch/a/n',
      'patch/a/n/o',
      'base/d',
    ]);
    expect(merged.child('a')?.child('toString')).toBeUndefined();
  });
});
