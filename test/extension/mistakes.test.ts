import { describe, expect, test } from 'vitest';
import { readFacets, readRoot } from '../../src/extension/index.ts';
import type { Node } from '../../src/source/node.ts';
import { nodeOf } from '../../src/source/node.ts';
import { fullFacets, fullRoot } from './full-block.ts';
import { collect, facetsOf, nodeFrom, rootOf } from './read-block.ts';

const blocks = [
  { name: 'root', node: nodeFrom(fullRoot), read: rootOf },
  { name: 'facets', node: nodeFrom(fullFacets), read: facetsOf },
] as const;

/** Every node below, with the keys that lead to it. */
function nodesOf(
  node: Node,
  path: readonly string[] = [],
): readonly { path: readonly string[]; node: Node }[] {
  return [{ path, node }, ...node.entries().flatMap(([key, child]) => nodesOf(child, [...path, key]))];
}

/** A copy of the tree with one value put in. */
function put(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return replacement;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[head] = put(copy[head], rest, replacement);
  return copy;
}

const pointer = (path: readonly string[]): string =>
  path.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

describe('each mistake is one finding at its place', () => {
  for (const { name, node, read } of blocks) {
    const leaves = nodesOf(node).filter((one) => one.node.entries().length === 0);

    test(`${name}: a wrong value in place of each of ${leaves.length} values`, () => {
      for (const { path } of leaves) {
        const wrong: unknown[] = [[], { nope: 1 }, 'a\u0000b', Number.NaN, new Date(0), undefined];
        if (path[0] !== 'environments') wrong.push(null);
        for (const value of wrong) {
          const { places, block } = read(put(node.value, path, value));
          expect(block, `${pointer(path)} = ${String(value)}`).toBeUndefined();
          expect(places, `${pointer(path)} = ${String(value)}`).toHaveLength(1);
          expect(places[0]?.split(' ')[1]?.startsWith(pointer(path)), `${places[0]} ${pointer(path)}`).toBe(
            true,
          );
        }
      }
    });

    const objects = nodesOf(node).filter(
      (one) => typeof one.node.value === 'object' && !Array.isArray(one.node.value),
    );

    test(`${name}: an unknown field in each of ${objects.length} objects`, () => {
      for (const { path } of objects) {
        const { places, block } = read(put(node.value, [...path, 'zzzz'], [[1]]));
        expect(block, pointer(path)).toBeUndefined();
        expect(places, pointer(path)).toHaveLength(1);
        expect(places[0]?.replace(' (key)', '').endsWith(`${pointer(path)}/zzzz`), places[0]).toBe(true);
      }
    });

    test(`${name}: all mistakes at once`, () => {
      let value = node.value;
      for (const { path } of leaves) value = put(value, path, []);
      const { places } = read(value);
      expect(new Set(places).size).toBe(places.length);
      // A text of an expression and a whole list of waivers are leaves too: each of them is counted.
      expect(places).toHaveLength(leaves.length);
    });
  }
});

describe('hostile keys', () => {
  test.each(['__proto__', 'constructor', 'toString', '<<', '$ref', ''])('%j is an unknown field', (key) => {
    const value = JSON.parse(`{"name": "shop", ${JSON.stringify(key)}: {}}`) as unknown;
    const { places } = rootOf(value);
    expect(places).toEqual([`XGW001 /${key} (key)`]);
  });

  test.each([undefined, null, [], 'x', 3, true])('the block itself cannot be %j', (value) => {
    expect(rootOf(value).places).toEqual(['XGW003 ']);
    expect(facetsOf(value).places).toEqual(['XGW003 ']);
  });

  test('a rule of 100,000 levels is a finding, not a crash', () => {
    let rule: unknown = { role: 'admin' };
    for (let i = 0; i < 100_000; i++) rule = { not: rule };
    const { diagnostics } = collect((report) =>
      readRoot(nodeOf({ policies: { deep: rule } }, { file: 'a', pointer: '' }), report),
    );
    expect(diagnostics.map((one) => one.code)).toEqual(['XGW011']);
  });
});

describe('findings say what to do', () => {
  const messageOf = (value: unknown): string => {
    const [first] = facetsOf(value).diagnostics;
    return first === undefined ? '' : `${first.message} ${first.fix}`;
  };

  test('a mistyped field is suggested', () => {
    expect(messageOf({ limits: [{ rate: '5/s', brust: 3 }] })).toContain('Did you mean "burst"?');
  });

  test.each(['cache', 'cors', 'waf', 'validate', 'retry'])('%s: this version does not have it', (field) => {
    expect(facetsOf({ [field]: {} }).places).toEqual([`XGW002 /${field} (key)`]);
  });

  test.each([
    [{ limits: [{ rate: '5/s', per: 'claim:sub' }] }, 'XGW002 /limits/0/per'],
    [{ limits: [{ rate: '5/s', per: 'consumer' }] }, 'XGW002 /limits/0/per'],
    [{ backend: [{ backend: 'a', weight: 1 }] }, 'XGW002 /backend'],
    [{ relax: { waf: 'it trips' } }, 'XGW002 /relax/waf (key)'],
  ])('a value that this version does not have: %j', (value, place) => {
    expect(facetsOf(value).places).toEqual([place]);
  });

  test('a literal secret is refused and not repeated', () => {
    const tls = { clientCertificate: { cert: { secret: 'a' }, key: 'hunter2-hunter2' } };
    const { diagnostics } = rootOf({
      backends: { a: { url: 'https://a.example', tls } },
      secrets: { a: 'hunter2-hunter2' },
    });
    expect(diagnostics).toHaveLength(2);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  test('a level that holds targets in defaults is an error', () => {
    const node = nodeOf({ targets: { nginx: {} } }, { file: 'a', pointer: '' });
    expect(collect((report) => readFacets(node, 'defaults', report)).places).toEqual([
      'XGW001 /targets (key)',
    ]);
  });
});

describe('what YAML makes of unquoted words', () => {
  test.each([
    ['targets: {nginx: {version: 1.10}}', /in quotes/],
    ['tls: {minVersion: 1.2}', /in quotes/],
    ['policies: {a: {role: 2024-01-01}}', /in quotes/],
    ['defaults: {timeout: 30}', /a unit, one of ms/],
    ['policies: {a: {scope: 7}}', /in quotes/],
    ['tls: {redirectHttp: yes}', /Write true/],
    ['tls: {redirectHttp: "off"}', /Write false/],
    ['name: null', /remove the field/],
    ['version: "1"', /without quotes/],
    ['policies:\n  a: |\n    role\n', />- or \|-/],
  ])('%s', (yaml, advice) => {
    const { diagnostics } = collect((report) => readRoot(nodeFrom(yaml), report));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.fix).toMatch(advice);
  });
});
