import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictObject } from '../../src/decide/json-strict.ts';

const suite = new URL('../../../shared/vectors/json-test-suite/test_parsing/', import.meta.url);
const read = (text: string | Uint8Array): unknown =>
  parseStrictObject(typeof text === 'string' ? Buffer.from(text) : text);

describe.skipIf(!existsSync(suite))('JSONTestSuite (J18; skipped without ../shared)', () => {
  const files = existsSync(suite) ? readdirSync(suite).sort() : [];
  test.each(files.filter((file) => file.startsWith('n_')))('refuses %s', (file) => {
    expect(read(readFileSync(new URL(encodeURIComponent(file), suite)))).toBeUndefined();
  });
  test.each(files.filter((file) => file.startsWith('y_')))(
    'reads %s as others do, inside an object',
    (file) => {
      const bytes = readFileSync(new URL(encodeURIComponent(file), suite));
      const inside = Buffer.concat([Buffer.from('{"a":'), bytes, Buffer.from('}')]);
      const isRepeated = file.startsWith('y_object_duplicated_key');
      expect(read(inside)).toEqual(isRepeated ? undefined : JSON.parse(inside.toString('utf8')));
    },
  );
});

const refused: readonly (readonly [string, string | Uint8Array])[] = [
  ['a member twice', '{"a":1,"a":1}'],
  ['a member twice, one escaped', '{"a":1,"\\u0061":1}'],
  ['a member twice, deep inside', '{"a":[{"b":{"c":1,"c":2}}]}'],
  ['__proto__', '{"__proto__":{}}'],
  ['__proto__, escaped and deep inside', '{"a":[{"\\u005f_proto__":1}]}'],
  ['a byte order mark', '\ufeff{}'],
  ['an array', '[]'],
  ['a string', '"a"'],
  ['nothing', ''],
  ['text behind', '{} x'],
  ['two objects', '{}{}'],
  ['half a surrogate pair', '{"a":"\\ud800"}'],
  ['a surrogate pair in the wrong order', '{"a":"\\udc00\\ud800"}'],
  ['an encoded surrogate', Buffer.from('7b2261223a22eda080227d', 'hex')],
  ['an overlong encoding', Buffer.from('7b2261223a22c0ae227d', 'hex')],
  ['a raw control character', '{"a":"\t"}'],
  ['mismatched brackets', '{"a":[1}'],
  ['depth 21', `{"a":${'['.repeat(20)}${']'.repeat(20)}}`],
  ['depth without end', '{"a":'.repeat(100_000)],
];
test.each(refused)('J18: refuses %s', (_, text) => {
  expect(read(text)).toBeUndefined();
});

test('J18: reads what is plain', () => {
  expect(read(' { "a" : [ 1 , -0.5e3 , true , null , "\\ud83d\\ude00\\n" , { } , [ ] ] } ')).toEqual({
    a: [1, -500, true, null, '😀\n', {}, []],
  });
  expect(read(`{"a":${'['.repeat(19)}${']'.repeat(19)}}`)).toBeDefined();
  expect(read('{"constructor":1,"toString":2}')).toEqual({ constructor: 1, toString: 2 });
});

test('reads every object that JSON.stringify prints, and never throws', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (object) => {
      if (Object.hasOwn(object, '__proto__')) return;
      const text = JSON.stringify(object);
      if (text.includes('__proto__')) return;
      expect(read(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      read(bytes);
      read(Buffer.concat([Buffer.from('{"a'), bytes]));
    }),
    { numRuns: 500 },
  );
});
