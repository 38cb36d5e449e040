import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../src/source/node.ts';
import { loadText } from './memory-files.ts';

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'get',
    '/pets/{id}',
    '200',
    '~',
    '~1',
    'x/y',
    'ключ',
    '😀',
    'a b',
    '"',
    "'",
    ':',
    '#',
    '- x',
    '? y',
    '',
    'null',
    '1.0',
    'é\t',
    '{',
    '*a',
    '&b',
    '!c',
    '<',
    '%',
    '@',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[\0\ud800-\udfff]/u.test(text)),
);
const key = word.filter((text) => text !== '<<' && text !== '__proto__');
const scalar = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('two\nlines', ' x ', 'a: b', '# c', '\u00a0', 'x\u3000'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
}));
const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 5 });

/** Every node below a node, with its key. */
function nodesUnder(node: Node): (readonly [string, Node])[] {
  return node.entries().flatMap(([name, child]) => [[name, child] as const, ...nodesUnder(child)]);
}

function check(text: string, file: string, decode: (written: string) => unknown): void {
  const { documents, diagnostics } = loadText(text, file);
  expect(diagnostics).toEqual([]);
  const [document] = documents.roots;
  if (document === undefined) throw new Error('not read');
  for (const [name, node] of nodesUnder(document)) {
    const parent = node.at.pointer.slice(0, node.at.pointer.lastIndexOf('/'));
    const isItem = Array.isArray(at(document, parent).value);
    const value = documents.locate({ ...node.at, side: 'value' });
    const written = value?.lineText.slice(value.column - 1, value.endColumn - 1) ?? '';
    expect(text.split(/\r\n|\n/)[(value?.line ?? 0) - 1]).toBe(value?.lineText);
    if (!isItem) {
      const found = documents.locate({ ...node.at, side: 'key' });
      expect(String(decode(found?.lineText.slice(found.column - 1, found.endColumn - 1) ?? ''))).toBe(name);
    }
    if (typeof node.value === 'object' && node.value !== null) {
      const isBlockBelow = !isItem && !/^[[{]/.test(written);
      if (isBlockBelow) expect(String(decode(written))).toBe(name);
    } else if (!/^[|>]/.test(written) && !String(node.value).includes('\n')) {
      expect(decode(written)).toEqual(node.value);
    }
  }
}

function at(node: Node, pointer: string): Node {
  const tokens = pointer === '' ? [] : pointer.slice(1).split('/');
  return tokens.reduce((found, token) => {
    const child = found.child(token.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (child === undefined) throw new Error(`nothing at ${pointer}`);
    return child;
  }, node);
}

describe('every finding points at the text that it is about', () => {
  test('in JSON, however it is laid out', () => {
    fc.assert(
      fc.property(root, fc.constantFrom(0, 2, '\t'), fc.boolean(), (value, indent, crlf) => {
        const text = JSON.stringify(value, undefined, indent);
        check(crlf ? text.replaceAll('\n', '\r\n') : text, 'a.json', JSON.parse);
      }),
      { numRuns: 150 },
    );
  });

  test('in YAML, in block and flow style', () => {
    const style = fc.record({
      flowLevel: fc.constantFrom(-1, 0, 1, 2),
      indent: fc.constantFrom(2, 4),
      noArrayIndent: fc.boolean(),
      forceQuotes: fc.boolean(),
      quotingType: fc.constantFrom('"' as const, "'" as const),
    });
    const decode = (written: string): unknown => load(written) ?? null;
    fc.assert(
      fc.property(root, style, fc.boolean(), (value, options, crlf) => {
        const text = dump(value, { ...options, lineWidth: -1, noRefs: true });
        fc.pre(!text.includes('\r'));
        check(crlf ? text.replaceAll('\n', '\r\n') : text, 'a.yaml', decode);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'a missing field is shown at the key of what lacks it',
      'paths:\n  /a:\n    get:\n      x: 1\n',
      '/paths/~1a/get/security',
      3,
      5,
    ],
    ['a missing field of the root is shown at the start', 'a: 1\nb: 2\n', '/paths', 1, 1],
    ['an empty value is shown at its key', 'a:\nb: 2\n', '/a', 1, 1],
    ['an anchor and a tag are not the value', 'a: &x !!str  text\n', '/a', 1, 14],
    ['a value behind an alias is shown at the alias', 'a: &x {b: 1}\nc: *x\n', '/c/b', 2, 1],
    ['columns count UTF-16 units, as editors do', 'a: {"😀": ключ, b: 1}\n', '/a/b', 1, 20],
    ['a byte order mark has no column', '\ufeffa: 1\n', '/a', 1, 4],
    ['an item of a list in a list', 'a:\n- - 1\n  - 2\n', '/a/0/1', 3, 5],
    ['an item that is a mapping', 'a:\n  - b: 1\n    c: 2\n', '/a/0/c', 3, 8],
    ['a comment between key and value', 'a: # note\n  text\n', '/a', 2, 3],
    ['an explicit key', '? a\n: b\n', '/a', 2, 3],
    ['a flow list on several lines', 'a: [1,\n  2, # two\n  {b: 3}]\n', '/a/2/b', 3, 7],
    ['a tab as separation', 'a:\t1\n', '/a', 1, 4],
    ['a document with a directive', '%YAML 1.2\n---\na: 1\n', '/a', 3, 4],
    ['a line break of an old Mac', 'a: 1\rb: 2\r', '/b', 2, 4],
  ])('%s', (_, text, pointer, line, column) => {
    const { documents, diagnostics } = loadText(text);
    expect(diagnostics).toEqual([]);
    expect(documents.locate({ file: 'openapi.yaml', pointer, side: 'value' })).toMatchObject({
      line,
      column,
    });
  });

  test('a file that was not read has no places', () => {
    expect(
      loadText('a: 1').documents.locate({ file: 'other.yaml', pointer: '', side: 'value' }),
    ).toBeUndefined();
  });
});
