import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadDocuments } from '../../src/source/index.ts';
import { memoryFiles } from './memory-files.ts';

const base = `openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: a}, {name: b}]
paths:
  /a:
    get: {summary: old, security: [{k: []}]}
  /b:
    get: {x: 1}
components: {schemas: {S: {type: object}}}
`;

/** What the tests look at; a value that is missing makes them fail. */
interface Overlaid {
  readonly info: { readonly [field: string]: unknown };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: { readonly [template: string]: { readonly get?: unknown } };
}

function apply(
  actions: string,
  head = "overlay: 1.1.0\ninfo: {title: O, version: '1'}\n",
  more: Record<string, string> = {},
) {
  const files = { 'api/a.yaml': base, 'api/prod/o.yaml': `${head}actions:\n${actions}`, ...more };
  const loaded = loadDocuments(['api/a.yaml'], {
    root: '/api',
    overlays: ['api/prod/o.yaml'],
    fileSystem: memoryFiles(files),
  });
  const found = loaded.diagnostics.map(({ code, at }) => {
    const place = at === undefined ? undefined : loaded.documents.locate(at);
    return `${code} ${at?.file} ${place?.line}:${place?.column}`;
  });
  const value = loaded.documents.roots[0]?.value as Overlaid;
  return { ...loaded, found, value, root: loaded.documents.roots[0] };
}

describe('an overlay changes a document and stays the origin of what it adds', () => {
  test('update merges mappings, replaces scalars and joins lists', () => {
    const { found, value, root, documents } = apply(`
  - target: $
    update: {info: {description: D}, tags: [{name: c}]}
  - target: $.paths['/a'].get
    update: {summary: new, x-gateway: {public: false}}
  - target: $.tags
    update: {name: d}
  - target: $.info.title
    update: Title
`);
    expect(found).toEqual([]);
    expect(value.info).toEqual({ title: 'Title', version: '1', description: 'D' });
    expect(value.tags.map((tag) => tag.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(value.paths['/a']?.get).toEqual({
      summary: 'new',
      security: [{ k: [] }],
      'x-gateway': { public: false },
    });
    const get = root?.child('paths')?.child('/a')?.child('get');
    expect(get?.at).toEqual({ file: 'api/a.yaml', pointer: '/paths/~1a/get' });
    expect(get?.child('security')?.at.file).toBe('api/a.yaml');
    expect(get?.child('summary')?.at).toEqual({
      file: 'api/prod/o.yaml',
      pointer: '/actions/1/update/summary',
    });
    const flag = get?.child('x-gateway')?.child('public');
    expect(flag?.at).toEqual({ file: 'api/prod/o.yaml', pointer: '/actions/1/update/x-gateway/public' });
    expect(flag && documents.locate({ ...flag.at, side: 'key' })).toMatchObject({ line: 8, column: 40 });
    expect(root?.child('tags')?.child(3)?.at.file).toBe('api/prod/o.yaml');
    expect(documents.files.map(({ file }) => file)).toEqual(['api/a.yaml', 'api/prod/o.yaml']);
  });

  test('remove takes away entries and items, and places of the rest stay right', () => {
    const { found, value, root } = apply(
      '\n  - {target: "$.tags[0]", remove: true}\n  - {target: "$.paths.*.get.security", remove: true}\n',
    );
    expect(found).toEqual([]);
    expect(value.tags).toEqual([{ name: 'b' }]);
    expect(value.paths['/a']?.get).toEqual({ summary: 'old' });
    expect(root?.child('tags')?.child(0)?.child('name')?.at.pointer).toBe('/tags/1/name');
  });

  test('actions see what earlier ones did; the same place may be selected twice and inside itself', () => {
    const { found, value } = apply(
      "\n  - {target: $.paths, update: {/c: {get: {}}}}\n  - {target: '$.paths..get', update: {n: 1}}\n  - {target: '$..[?@.n]', update: {m: {}}}\n  - {target: '$..m', remove: true}\n",
    );
    expect(found).toEqual([]);
    expect(value.paths['/c']).toEqual({ get: { n: 1 } });
    expect(value.paths['/b']?.get).toEqual({ x: 1, n: 1 });
  });

  test('copy takes a value of the document', () => {
    const { found, value, root } = apply(
      '\n  - {target: $.paths, update: {/c: {}}}\n  - {target: "$.paths[\'/c\']", copy: "$.paths[\'/a\']"}\n',
    );
    expect(found).toEqual([]);
    expect(value.paths['/c']).toEqual(value.paths['/a']);
    expect(root?.child('paths')?.child('/c')?.child('get')?.at.pointer).toBe('/paths/~1a/get');
  });

  test('"#/…" in an overlay means the document, a path starts from the overlay file', () => {
    const { found, root, documents } = apply(
      "\n  - {target: $.components.schemas, update: {A: {$ref: '#/components/schemas/S'}, B: {$ref: part.yaml}, C: {$ref: '#/actions'}}}\n",
      undefined,
      { 'api/prod/part.yaml': 'x: part\n', 'api/part.yaml': 'x: other\n' },
    );
    expect(found).toEqual([]);
    const schemas = root?.child('components')?.child('schemas');
    const said: Diagnostic[] = [];
    const follow = (name: string) => {
      const node = schemas?.child(name);
      return node && documents.follow(node, (one) => said.push(one));
    };
    expect(follow('A')?.value).toEqual({ type: 'object' });
    expect(follow('B')?.value).toEqual({ x: 'part' });
    expect(follow('C')).toBeUndefined();
    expect(said.map(({ code }) => code)).toEqual(['SRC021']);
    expect(documents.dangling()).toMatchObject([
      { reference: '#/actions', places: [{ file: 'api/prod/o.yaml', pointer: '/actions/0/update/C/$ref' }] },
    ]);
  });

  test('"extends" names the document', () => {
    const head = (name: string) => `overlay: 1.0.0\ninfo: {title: O, version: '1'}\nextends: ${name}\n`;
    const action = '\n  - {target: $.info, update: {x-y: 1}}\n';
    expect(apply(action, head('../a.yaml')).value.info['x-y']).toBe(1);
    expect(apply(action, head('../b.yaml')).found).toEqual(['SRC034 api/prod/o.yaml 3:10']);
    expect(apply(action, head('https://example.com/a.yaml')).found).toEqual(['SRC034 api/prod/o.yaml 3:10']);
    expect(apply(action, head('a.yaml')).value.info['x-y']).toBeUndefined();
  });
});

describe('an overlay that does not do what it says is an error', () => {
  test.each([
    ['it selects nothing', '\n  - {target: $.nothing, remove: true}\n', ['SRC032 api/prod/o.yaml 4:14']],
    ['nothing may be selected', '\n  - {target: $.nothing, remove: true, x-allow-empty: true}\n', []],
    [
      'the path is malformed',
      '\n  - {target: "$.paths./a", remove: true}\n',
      ['SRC031 api/prod/o.yaml 4:14'],
    ],
    [
      'a field is mistyped',
      '\n  - {target: $.info, updat: {}}\n',
      ['SRC030 api/prod/o.yaml 4:22', 'SRC030 api/prod/o.yaml 4:5'],
    ],
    ['it does nothing', '\n  - {target: $.info}\n', ['SRC030 api/prod/o.yaml 4:5']],
    [
      'it says two things',
      '\n  - {target: $.info, update: {}, copy: $.tags}\n',
      ['SRC030 api/prod/o.yaml 4:5'],
    ],
    ['it removes everything', '\n  - {target: $, remove: true}\n', ['SRC030 api/prod/o.yaml 4:14']],
    ['the kinds differ', '\n  - {target: $, update: {info: [1]}}\n', ['SRC033 api/prod/o.yaml 4:32']],
    ['the kinds differ below', '\n  - {target: $, update: {tags: x}}\n', ['SRC033 api/prod/o.yaml 4:32']],
    ['a scalar takes no mapping', '\n  - {target: $.openapi, update: {}}\n', ['SRC033 api/prod/o.yaml 4:33']],
    ['copy selects several', '\n  - {target: $.info, copy: "$.paths.*"}\n', ['SRC032 api/prod/o.yaml 4:28']],
    ['no list', '  x: 1\n', ['SRC030 api/prod/o.yaml 4:3']],
  ])('%s', (_, actions, expected) => {
    const head = "overlay: 1.1.0\ninfo: {title: O, version: '1'}\n";
    expect(apply(actions.replace(/^\n/, ''), head).found.map((one) => one.replace(' 3:1', ' 4:3'))).toEqual(
      expected,
    );
  });

  test.each([
    ['overlay: 2.0.0\ninfo: {title: O, version: "1"}\n', '1:10'],
    ['overlay: 1.0\ninfo: {title: O, version: "1"}\n', '1:10'],
    ['info: {title: O, version: "1"}\n', '1:1'],
    ['overlay: 1.0.0\n', '1:1'],
    ['overlay: 1.0.0\ninfo: {title: O}\n', '2:7'],
    ['overlay: 1.0.0\ninfo: {title: O, version: 1}\n', '2:27'],
    ['overlay: 1.0.0\ninfo: {title: O, version: "1", description: D}\n', '2:32'],
    ['overlay: 1.0.0\ninfo: {title: O, version: "1"}\nextras: 1\n', '3:1'],
    ['overlay: 1.0.0\ninfo: {title: O, version: "1"}\nextends: 1\n', '3:10'],
  ])('%j', (head, place) => {
    const { found } = apply('  - {target: $.info, update: {}}\n', head);
    expect(found[0]).toBe(`SRC030 api/prod/o.yaml ${place}`);
  });

  test('copies that double a document without end are stopped', () => {
    const copy = '  - {target: $.components, copy: $}\n';
    expect(apply(copy.repeat(40)).found[0]).toMatch(/^SRC006/);
    const deeper = '  - {target: "$..schemas", update: {schemas: {}}}\n';
    expect(apply(deeper.repeat(200)).found[0]).toMatch(/^SRC006/);
  });
});
