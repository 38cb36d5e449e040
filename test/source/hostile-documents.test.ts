import { describe, expect, test } from 'vitest';
import { loadFiles, loadText, memoryFiles, summaryOf } from './memory-files.ts';

const bomb = (levels: number): string =>
  `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
    { length: levels },
    (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 9 }, () => `*a${n}`).join(', ')}]\n`,
  ).join('')}`;
const nested = (levels: number, open: string, close: string): string =>
  open.repeat(levels) + close.repeat(levels);

describe('a hostile document ends in a diagnostic', () => {
  test.each<readonly [string, string, string, readonly string[]]>([
    ['an alias bomb', bomb(9), 'a.yaml', ['SRC006']],
    ['an alias inside its anchor', 'a: &a [*a]\n', 'a.yaml', ['SRC012 1:8']],
    ['an alias inside its anchor, deeper', 'a: &a\n  b:\n    c: *a\n', 'a.yaml', ['SRC012 3:8']],
    ['too many aliases', `a: &a 1\nb: [${'*a, '.repeat(1_001)}]\n`, 'a.yaml', ['SRC006']],
    [
      'a sequence of aliases as a key',
      `a: &a ${'x'.repeat(200_000)}\n? [${'*a, '.repeat(900)}]\n: b\n`,
      'a.yaml',
      ['SRC006'],
    ],
    [
      'an alias of a long sequence as keys',
      `a: &a [${'x, '.repeat(300_000)}]\nb:\n${'- ? *a\n'.repeat(900)}`,
      'a.yaml',
      ['SRC006'],
    ],
    ['deep flow YAML', nested(100_000, '[', ']'), 'a.yaml', ['SRC006']],
    ['deep flow mappings', nested(5_000, '{a: ', '}'), 'a.yaml', ['SRC006 1:410']],
    [
      'deep block YAML',
      Array.from({ length: 2_000 }, (_, n) => `${' '.repeat(n)}a:\n`).join(''),
      'a.yaml',
      ['SRC006 104:104'],
    ],
    ['deep JSON', nested(100_000, '[', ']'), 'a.json', ['SRC006']],
    ['deep unclosed JSON', '['.repeat(1_000_000), 'a.json', ['SRC003 1:1000001']],
    ['deep JSON mappings', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'a.json', ['SRC006']],
    [
      'duplicate keys in JSON',
      '{"a": 1,\n "b": {"c": 1, "\\u0063": 2}, "a": 2}',
      'a.json',
      ['SRC004 2:16', 'SRC004 2:30'],
    ],
    ['duplicate keys in YAML', 'a: 1\n"b": 2\nb: 3\n', 'a.yaml', ['SRC004 3:1']],
    ['equal keys of different types', 'a:\n  1: x\n  "1": y\n', 'a.yaml', ['SRC004 3:3']],
    ['__proto__ in JSON', '{"a": {"__proto__": {"b": 1}}}', 'a.json', ['SRC007 1:8']],
    ['__proto__ in YAML', 'a:\n  __proto__: 1\n', 'a.yaml', ['SRC007 2:3']],
    ['__proto__ written with escapes', '{"\\u005f_proto__": 1}', 'a.json', ['SRC007 1:2']],
    ['a merge key', 'a: &a {b: 1}\nc:\n  <<: *a\n', 'a.yaml', ['SRC008 3:3']],
    ['an explicit merge', 'a: &a {b: 1}\nc:\n  !!merge <<: *a\n', 'a.yaml', ['SRC005 3:3']],
    ['a sequence as a key', 'a: 1\n? [b, c]\n: 2\n', 'a.yaml', ['SRC009 2:3']],
    ['a mapping as a key', '{a: 1}: b\n', 'a.yaml', ['SRC009 1:1']],
    ['a sequence as a key in flow style', 'a: {[b]: c}\n', 'a.yaml', ['SRC009 1:5']],
    ['a sequence as a key without a value', 'a: {? [b], c: 1}\n', 'a.yaml', ['SRC009 1:7']],
    ['a sequence as a flow key by itself', '{[a], b: 1}\n', 'a.yaml', ['SRC009 1:2']],
    ['a mapping as a flow key by itself', 'a: {b: 1, {c: 2}}\n', 'a.yaml', ['SRC009 1:11']],
    ['a tagged sequence as a flow key by itself', 'a: {b: 1, !!seq [c]}\n', 'a.yaml', ['SRC009 1:11']],
    ['a flow key behind a comment', 'a: {b: 1, # [c]: {\n  [d]\n}\n', 'a.yaml', ['SRC009 2:3']],
    ['an alias of a sequence as a key', 'a: &a [b]\n*a : c\n', 'a.yaml', ['SRC009 2:1']],
    ['an unknown tag', 'a: 1\nb: !Sub x\n', 'a.yaml', ['SRC005 2:4']],
    ['a tag outside the core schema', 'a: !!binary aGk=\n', 'a.yaml', ['SRC005 1:4']],
    ['a tag of JavaScript', 'a: !!js/function "x"\n', 'a.yaml', ['SRC005 1:4']],
    ['half a surrogate pair in JSON', '{"a": "\\ud800"}', 'a.json', ['SRC010 1:7']],
    ['half a surrogate pair in YAML', 'a: "\\ud800"\n', 'a.yaml', ['SRC010 1:4']],
    ['a code point that there is not', 'a: "\\U00110000"\n', 'a.yaml', ['SRC003 1:5']],
    ['a code point that wraps around', 'a: "\\U80000041"\n', 'a.yaml', ['SRC003 1:5']],
    ['an escaped NUL', 'a: "x\\0"\n', 'a.yaml', ['SRC010 1:4']],
    ['a second document', 'a: 1\n---\nb: 2\n', 'a.yaml', ['SRC003 3:1']],
    ['nothing', '', 'a.yaml', ['SRC011']],
    ['only a comment', '# a\n', 'a.yaml', ['SRC011']],
    ['only blanks in a JSON file', ' \n', 'a.json', ['SRC011']],
    ['YAML in a JSON file', 'a: 1\n', 'a.json', ['SRC003 1:1']],
    ['a trailing comma in a JSON file', '{"a": 1,\n}', 'a.json', ['SRC003 2:1']],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'a.yaml', ['SRC003 2:1']],
  ])('%s', (_, text, file, expected) => {
    const loaded = loadText(text, file);
    expect(summaryOf(loaded)).toEqual(expected);
    expect(loaded.documents.roots.length).toBe(expected[0]?.startsWith('SRC008') ? 1 : 0);
    for (const { message, fix } of loaded.diagnostics) {
      expect(message.length).toBeLessThan(300);
      expect(message + fix).not.toMatch(/[\r\n]/);
    }
  });

  test.each([
    'a: {b: [c], "d":{e: 1}, f: !!map {}}\ng: [[h], {i: [j]}]\n',
    'a: {b: !<tag:yaml.org,2002:seq> [c]}\n',
    '{a: 1} # {[b]\n',
  ])('collections that are no keys are welcome: %s', (text) => {
    expect(summaryOf(loadText(text, 'a.yaml'))).toEqual([]);
  });

  test('a number that does not survive is kept as it is', () => {
    expect(loadText('{"a": 1e400, "b": 9007199254740993}', 'a.json').documents.roots[0]?.value).toEqual({
      a: Number.POSITIVE_INFINITY,
      b: 9007199254740992,
    });
    expect(loadText(`a: ${'9'.repeat(400)}\n`).diagnostics).toEqual([]);
  });

  test('aliases are welcome as long as they stay small', () => {
    const loaded = loadText('a: &a {b: [1, 2]}\nc: *a\nd: [*a, *a]\n');
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.documents.roots[0]?.child('d')?.child(1)?.child('b')?.value).toEqual([1, 2]);
  });

  test('inherited and built-in properties are not there', () => {
    const root = loadText('a: [1]\nb: text\n').documents.roots[0];
    for (const key of ['constructor', 'toString', 'hasOwnProperty', '__proto__'])
      expect(root?.child(key)).toBeUndefined();
    for (const key of ['length', '-1', '00', '1', 'map'])
      expect(root?.child('a')?.child(key)).toBeUndefined();
    expect(root?.child('b')?.child('length')).toBeUndefined();
    expect(root?.child('b')?.child(0)).toBeUndefined();
  });
});

describe('the size of what is read is limited', () => {
  const files = {
    'a.yaml': 'a: {$ref: b.yaml}\n',
    'b.yaml': 'b: {$ref: c.yaml}\n',
    'c.yaml': 'c: [1, 2, 3]\n',
  };
  test.each([
    ['bytes of a document', { documentBytes: 17 }, ['SRC006', 'SRC006']],
    ['bytes of all documents', { totalBytes: 40 }, ['SRC006']],
    ['files', { files: 2 }, ['SRC006']],
    ['levels', { depth: 1 }, ['SRC006', 'SRC006', 'SRC006']],
    ['values', { nodes: 4 }, ['SRC006']],
  ])('%s', (_, budgets, expected) => {
    const { diagnostics } = loadFiles(files, { budgets });
    const codes = diagnostics.map(({ code }) => code);
    expect(codes.slice(0, expected.length)).toEqual(expected.slice(0, codes.length));
    expect(codes.length).toBeGreaterThan(0);
  });

  test('a file system that fails at any call ends in a diagnostic', () => {
    for (const code of ['EACCES', 'EIO', 'EMFILE', 'ENOENT']) {
      for (let failing = 0; failing < 30; failing++) {
        let calls = 0;
        const sound = memoryFiles(files);
        const fragile =
          <T>(call: (path: string) => T) =>
          (path: string): T => {
            if (calls++ === failing) throw Object.assign(new Error(`${code}: ${path}`), { code });
            return call(path);
          };
        const { documents, diagnostics } = loadFiles(files, {
          fileSystem: {
            realpath: fragile(sound.realpath),
            lstat: fragile(sound.lstat),
            readFile: fragile(sound.readFile),
          },
        });
        const missing = documents.dangling().length;
        expect(diagnostics.length + missing > 0 || documents.files.length === 3).toBe(true);
      }
    }
  });
});
