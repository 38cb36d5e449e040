import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Node } from '../../src/source/node.ts';
import { loadFiles, loadText } from './memory-files.ts';

function follow(loaded: ReturnType<typeof loadFiles>, ...keys: readonly string[]) {
  const found: Diagnostic[] = [];
  let node: Node | undefined = loaded.documents.roots[0];
  for (const key of keys) node = node?.child(key);
  const target = node === undefined ? undefined : loaded.documents.follow(node, (one) => found.push(one));
  return { target, codes: found.map(({ code }) => code), found };
}

describe('references are followed to the value', () => {
  test('through files, with the place where the value is written', () => {
    const loaded = loadFiles({
      'api/openapi.yaml': 'a: {$ref: "parts/a.yaml#/x"}\n',
      'api/parts/a.yaml': 'x: {$ref: "../../shared/b.json"}\n',
      'shared/b.json': '{"y": {"$ref": "../api/openapi.yaml"}}',
    });
    expect(loaded.diagnostics).toEqual([]);
    const { target } = follow(loaded, 'a');
    expect(target?.at).toEqual({ file: 'shared/b.json', pointer: '' });
    expect(loaded.documents.files.map(({ file }) => file)).toEqual([
      'api/openapi.yaml',
      'api/parts/a.yaml',
      'shared/b.json',
    ]);
    expect(loaded.documents.files[2]?.sha256).toBe(
      '2e6889ae6f2101994d2f22f801f780936a5c22a43e14dae789bade6c342f4b4d',
    );
  });

  test('a fragment is percent-decoded, then unescaped', () => {
    const loaded = loadText(
      'paths:\n  /a/{id}: {x: 1}\nb: {$ref: "#/paths/~1a~1%7Bid%7D"}\nc: {$ref: "#/paths/~1a~1{id}/x"}\n',
    );
    expect(follow(loaded, 'b').target?.value).toEqual({ x: 1 });
    expect(follow(loaded, 'c').target?.value).toBe(1);
  });

  test('a circle is reported, and only when it is followed', () => {
    const loaded = loadText('a: {$ref: "#/b"}\nb: {$ref: "#/a"}\nc: {$ref: "#/c"}\n');
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.documents.dangling()).toEqual([]);
    expect(follow(loaded, 'a').codes).toEqual(['SRC022']);
    expect(follow(loaded, 'c').codes).toEqual(['SRC022']);
  });

  test('a chain ends at the limit', () => {
    const chain = (length: number): string =>
      `${Array.from({ length }, (_, n) => `n${n}: {$ref: "#/n${n + 1}"}`).join('\n')}\nn${length}: end\n`;
    expect(follow(loadText(chain(32)), 'n0').target?.value).toBe('end');
    expect(follow(loadText(chain(33)), 'n0').codes).toEqual(['SRC022']);
  });

  test('a value that is no reference is itself, and so is a property called $ref', () => {
    const loaded = loadText('properties: {$ref: {type: string}}\n');
    expect(follow(loaded, 'properties').target?.value).toEqual({ $ref: { type: 'string' } });
    expect(loaded.diagnostics).toEqual([]);
  });

  test('a file that cannot be parsed is an error once, and following it says so again', () => {
    const loaded = loadFiles({
      'openapi.yaml': 'a: {$ref: x.yaml}\nb: {$ref: "x.yaml#/y"}\n',
      'x.yaml': 'a: [\n',
    });
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(['SRC003']);
    expect(follow(loaded, 'a').codes).toEqual(['SRC003']);
  });

  test('examples and defaults are data, the response called default is not', () => {
    const loaded = loadText(`
a: {example: {$ref: "http://x/a.yaml"}, default: {$ref: "/b.yaml"}, enum: [{$ref: "/c.yaml"}], const: {$ref: "/d.yaml"}}
examples: {e: {value: {$ref: "/e.yaml"}}}
responses: {default: {$ref: "https://x/f.yaml"}}
properties: {example: {$ref: "https://x/g.yaml"}}
parameters: [{example: {$ref: "/h.yaml"}}]
`);
    expect(loaded.diagnostics.map(({ message }) => /"(.*?)"/.exec(message)?.[1])).toEqual([
      'https://x/f.yaml',
      'https://x/g.yaml',
    ]);
  });

  test('dangling references are listed with every place, without being followed', () => {
    const loaded = loadFiles({
      'openapi.yaml':
        'a: {$ref: "#/x"}\nb: {$ref: "#/x"}\nc: {$ref: "p.yaml#/y"}\nd: {$ref: none.yaml}\ne: {$ref: a.md}\nf: {$ref: "#f"}\n',
      'p.yaml': 'z: {$ref: "#/a"}\n',
    });
    expect(loaded.diagnostics).toEqual([]);
    const listed = loaded.documents.dangling();
    expect(
      listed.map(({ reference, places }) => [reference, places.map((at) => at.file + at.pointer)]),
    ).toEqual([
      ['#/x', ['openapi.yaml/a/$ref', 'openapi.yaml/b/$ref']],
      ['p.yaml#/y', ['openapi.yaml/c/$ref']],
      ['none.yaml', ['openapi.yaml/d/$ref']],
      ['#/a', ['p.yaml/z/$ref']],
    ]);
  });

  test('a key set is read under the same policy', () => {
    const loaded = loadFiles(
      {
        'api/a.yaml': 'keys: keys.json\n',
        'api/keys.json': '{"keys": []}',
        'api/k.txt': '',
      },
      { root: '/api' },
    );
    const at = { file: 'api/a.yaml', pointer: '/keys' };
    const found: Diagnostic[] = [];
    const read = (path: string) => loaded.documents.load(path, at, (one) => found.push(one));
    expect(read('keys.json')?.value).toEqual({ keys: [] });
    expect(read('./keys.json')?.at).toEqual({ file: 'api/keys.json', pointer: '' });
    expect(found).toEqual([]);
    for (const path of ['../../k.json', 'k.txt', '#/keys', 'keys.json#/keys', 'none.json', 'http://x/k.json'])
      read(path);
    expect(found.map(({ code }) => code)).toEqual([
      'SRC020',
      'SRC023',
      'SRC023',
      'SRC023',
      'SRC021',
      'SRC020',
    ]);
  });

  test('an example that somebody follows is loaded then', () => {
    const loaded = loadFiles({ 'a.yaml': 'examples: {e: {$ref: b.yaml}}\n', 'b.yaml': 'x: 1\n' });
    expect(loaded.documents.files).toHaveLength(1);
    expect(follow(loaded, 'examples', 'e').target?.value).toEqual({ x: 1 });
    expect(loaded.documents.files).toHaveLength(2);
  });
});
