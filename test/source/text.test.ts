import { describe, expect, test } from 'vitest';
import { loadText, summaryOf } from './memory-files.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('files as editors write them', () => {
  test.each([
    ['YAML with a byte order mark', '\ufeffa: 1\nb: [x]\n', 'a.yaml'],
    ['JSON with a byte order mark', '\ufeff{"a": 1, "b": ["x"]}', 'a.json'],
    ['YAML with CR LF', 'a: 1\r\nb: [x]\r\n', 'a.yaml'],
    ['JSON with CR LF', '{"a": 1,\r\n"b": ["x"]}\r\n', 'a.json'],
    ['YAML with CR', 'a: 1\rb: [x]\r', 'a.yaml'],
    ['YAML without a last line break', 'a: 1\nb: [x]', 'a.yaml'],
    ['JSON in a YAML file', '{"a": 1, "b": ["x"]}', 'a.yaml'],
    ['flow YAML in a YAML file', '{a: 1, b: [x]}', 'a.yaml'],
    ['JSON without an extension', '\n\t{"a": 1, "b": ["x"]}', 'a'],
    ['YAML without an extension', 'a: 1\nb: [x]\n', '-'],
    ['YAML with tabs between tokens', 'a:\t1\t# note\nb:\t[x]\n', 'a.yaml'],
    ['YAML with markers', '--- # begin\na: 1\nb:\n- x\n...\n', 'a.yaml'],
  ])('%s', (_, text, file) => {
    const { documents, diagnostics } = loadText(text, file);
    expect(diagnostics).toEqual([]);
    expect(documents.roots[0]?.value).toEqual({ a: 1, b: ['x'] });
  });

  test('block scalars with CR LF have line feeds', () => {
    expect(loadText('a: |\r\n  x\r\n  y\r\n').documents.roots[0]?.value).toEqual({ a: 'x\ny\n' });
  });

  test('a path of Windows is no escape', () => {
    const { documents, diagnostics } = loadText('a: C:\\U9999 "x"\nb: \'\\U99999999\'\nc: "\\\\U99999999"\n');
    expect(diagnostics).toEqual([]);
    expect(documents.roots[0]?.value).toEqual({ a: 'C:\\U9999 "x"', b: '\\U99999999', c: '\\U99999999' });
  });

  test('YAML is YAML 1.2: no dates, no Norway, no octal, no sexagesimal', () => {
    const text = 'a: 2026-01-01\nb: no\nc: 012\nd: 12:30:45\ne: 0o14\nf: ~\ng: 1_000\n';
    expect(loadText(text).documents.roots[0]?.value).toEqual({
      a: '2026-01-01',
      b: 'no',
      c: 12,
      d: '12:30:45',
      e: 12,
      f: null,
      g: '1_000',
    });
  });

  test.each([
    ['Latin-1', bytes('a: 1\nb: caf', [0xe9], '\n'), ['SRC002 2:1']],
    ['an overlong sequence', bytes('a: ', [0xc0, 0xaf], '\n'), ['SRC002 1:1']],
    ['a surrogate in UTF-8', bytes('a: ', [0xed, 0xa0, 0x80], '\n'), ['SRC002 1:1']],
    ['a cut sequence at the end', bytes('a: 1\nb: ', [0xe2, 0x82]), ['SRC002 2:1']],
    ['UTF-16', bytes([0xff, 0xfe, 0x61, 0x00]), ['SRC002 1:1']],
    ['a NUL', bytes('a: 1\nb: x', [0], '\n'), ['SRC002 2:5']],
  ])('%s is refused, with the line', (_, content, expected) => {
    const { documents, diagnostics } = loadText(content);
    expect(
      diagnostics.map(
        ({ code, at }) => `${code} ${at !== undefined && 'line' in at ? `${at.line}:${at.column}` : ''}`,
      ),
    ).toEqual(expected);
    expect(documents.roots).toEqual([]);
  });
});

describe('a syntax error says where it is and what was found', () => {
  test.each([
    ['a.json', '{"a": 1\n "b": 2}', 'SRC003 2:2', '"," or "}" is expected, but """ follows'],
    ['a.json', '{"a": tru}', 'SRC003 1:7', 'a value is expected, but "tru" follows'],
    ['a.json', '{"a": "x\ny"}', 'SRC003 1:9', 'a string holds a control character or a line break'],
    ['a.json', '{"a": 01}', 'SRC003 1:8', '"," or "}" is expected, but "1" follows'],
    ['a.json', '{"a": 1} x', 'SRC003 1:10', 'the end of the file is expected, but "x" follows'],
    ['a.json', '{"a": "\\x"}', 'SRC003 1:8', 'the escape "\\x" is unknown'],
    ['a.json', '{"a": [1, 2', 'SRC003 1:12', '"," or "]" is expected, but the end of the file follows'],
    ['a.json', "{'a': 1}", 'SRC003 1:2', 'a key in double quotes is expected'],
    ['a.yaml', 'a: 1\n b: 2\n', 'SRC003 2:3', 'the indentation of a mapping entry is wrong'],
    ['a.yaml', 'a: [1, 2\nb: 3\n', 'SRC003 2:1', 'a comma is missing'],
    ['a.yaml', 'a: *nobody\n', 'SRC003 1:11', 'unidentified alias "nobody"'],
    ['a.yaml', 'a: "x\n', 'SRC003 2:1', 'double quoted scalar'],
    ['a.yaml', 'a: {"b": 1,\n', 'SRC003 2:1', 'flow collection'],
    ['a.yaml', 'a: @x\n', 'SRC003 1:4', 'near "@"'],
  ])('%s %j', (file, text, place, words) => {
    const loaded = loadText(text, file);
    expect(summaryOf(loaded)).toEqual([place]);
    expect(loaded.diagnostics[0]?.message).toContain(words);
  });
});
