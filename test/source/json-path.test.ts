import { describe, expect, test } from 'vitest';
import { parseJsonPath } from '../../src/source/parse-json-path.ts';
import { selectJsonPath } from '../../src/source/select-json-path.ts';

const document = {
  info: { title: 'T', tags: ['a', 'b', 'c', 'd'] },
  paths: {
    '/a': {
      get: {
        x: 1,
        parameters: [
          { name: 'p', in: 'query' },
          { name: 'q', in: 'path' },
        ],
      },
    },
    '/b': { get: { x: 2 }, post: { x: 3, deprecated: true } },
  },
  "it's": { '"': 0, '\u{1f600}': 1 },
};

function select(text: string, left = 1_000_000): readonly string[] | string {
  const path = parseJsonPath(text);
  if ('fault' in path) return path.fault;
  const places = selectJsonPath(path, document, { left });
  return places?.map((keys) => keys.join(' ')) ?? 'exhausted';
}

describe('JSONPath of RFC 9535', () => {
  test.each<readonly [string, readonly string[]]>([
    ['$', ['']],
    ['$.info.title', ['info title']],
    ['$["info"][\'title\']', ['info title']],
    [' $.info'.trim(), ['info']],
    ['$ .info [ "title" ]', ['info title']],
    ["$['it\\'s']['\\\"']".replace('\\"', '"'), ['it\'s "']],
    ['$["it\'s"]["\\ud83d\\ude00"]', ["it's \u{1f600}"]],
    ['$.paths.*.get', ['paths /a get', 'paths /b get']],
    ["$.paths['/a','/b'].get.x", ['paths /a get x', 'paths /b get x']],
    ['$..x', ['paths /a get x', 'paths /b get x', 'paths /b post x']],
    ['$.info.tags[0,-1]', ['info tags 0', 'info tags 3']],
    ['$.info.tags[1:3]', ['info tags 1', 'info tags 2']],
    ['$.info.tags[::-2]', ['info tags 3', 'info tags 1']],
    ['$.info.tags[::0]', []],
    ['$.info.tags[9]', []],
    ['$.info.tags.length', []],
    ['$.constructor', []],
    ['$.paths[*][?@.x > 1]', ['paths /b get', 'paths /b post']],
    ['$.paths[*][?@.deprecated]', ['paths /b post']],
    ['$.paths[*][?!@.deprecated && @.x != 1]', ['paths /b get']],
    ['$.paths[*][?(@.x == 1 || @.x == 3)]', ['paths /a get', 'paths /b post']],
    ["$..parameters[?@.name == 'p' && @.in == 'query']", ['paths /a get parameters 0']],
    ['$.paths[?length(@) == 2]', ['paths /b']],
    ['$.paths[?count(@.*) > 1]', ['paths /b']],
    ['$.paths[*][?@.x == value($..title)]', []],
    ["$.info.tags[?@ >= 'c']", ['info tags 2', 'info tags 3']],
    ['$.paths[*][?@.none == @.nothing]', ['paths /a get', 'paths /b get', 'paths /b post']],
    ['$[?@.title == $.info.title]', ['info']],
  ])('%s', (text, expected) => expect(select(text)).toEqual(expected));

  test.each([
    ['', 'does not begin with "$"'],
    ['info', 'does not begin with "$"'],
    ['$.', 'a name or "*" is expected'],
    ['$.paths./a', 'a name or "*" is expected'],
    ['$[', 'a selector is expected'],
    ['$[01]', '"01" is not an index'],
    ['$["a]', 'a string is not closed'],
    ['$["\\x"]', 'an escape in a string is unknown'],
    ['$["\\ud800"]', 'half of a surrogate pair'],
    ['$.a extra', 'does not go on like this'],
    ['$[?@.a == @..b]', 'only a query for one value can be compared'],
    ['$[?1]', 'a comparison is expected'],
    ["$[?match(@.a, '(a|a)*b')]", 'the function "match" is not one of length, count and value'],
  ])('%j is refused', (text, words) => expect(select(text)).toContain(words));

  test('a query that is too long or too deep is refused', () => {
    expect(select(`$[?${'('.repeat(100_000)}]`)).toContain('longer than');
    expect(select(`$[?${'('.repeat(1_000)}]`)).toContain('are nested');
  });

  test('a query that looks at too much is stopped', () => {
    expect(select('$..*..*..*[?$..*]', 1_000)).toBe('exhausted');
  });
});
