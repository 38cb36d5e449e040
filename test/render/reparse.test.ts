import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disallowedDirectives } from '../../src/targets/nginx/reparse/allowed-directives.ts';
import { parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import { structure } from '../../src/targets/nginx/reparse/structure.ts';
import { testedNginx } from '../support/tested-nginx.ts';

const shape = (source: string): unknown => {
  const parsed = parseNginx(source);
  return parsed.ok ? parsed.directives.map((one) => [one.name, ...one.args]) : parsed.error;
};

describe('configuration is read as nginx reads it', () => {
  test.each<[string, string, unknown]>([
    ['words', 'a b  c;\n\td;', [['a', 'b', 'c'], ['d']]],
    ['double quotes', 'a "b c;{}#";', [['a', 'b c;{}#']]],
    ['single quotes', 'a \'b "c"\';', [['a', 'b "c"']]],
    ['escapes in quotes', String.raw`a "\"\'\\\t\r\n\x20\$";`, [['a', '"\'\\\t\r\n\\x20\\$']]],
    ['escapes without quotes', String.raw`a b\ c\;d\"e;`, [['a', 'b\\ c\\;d"e']]],
    ['a quote inside a word', 'a b="c;', [['a', 'b="c']]],
    ['a brace after a dollar', 'a x$\u007bb}y;', [['a', 'x$\u007bb}y']]],
    ['two braces after a dollar', 'a $\u007b{b}};', [['a', '$\u007b{b}}']]],
    ['comments', '# a;\nb; # c\n#d', [['b']]],
    ['a number sign inside a word', 'a b#c;', [['a', 'b#c']]],
    ['a parenthesis after a quote', 'if ($a = "b") ;', [['if', '($a', '=', 'b', ')']]],
    ['a line feed in quotes', 'a "b\nc";', [['a', 'b\nc']]],
    ['an empty word', 'a "";', [['a', '']]],
    ['nothing', ' \n', []],
  ])('%s', (_title, source, expected) => {
    expect(shape(source)).toEqual(expected);
  });
  test.each<[string, string, number, string]>([
    ['no semicolon', 'a b', 1, 'unexpected end of file'],
    ['an open block', 'a {\nb;\n', 3, 'expecting "}"'],
    ['a closed block too many', 'a;\n}', 2, 'unexpected "}"'],
    ['a brace in a directive', 'a b }', 1, 'unexpected "}"'],
    ['a lone semicolon', 'a;;', 1, 'unexpected ";"'],
    ['a block without a name', '{}', 1, 'unexpected "{"'],
    ['an open quote', 'a\n"b', 2, 'quoted parameter'],
    ['text after a quote', 'a "b"c;', 1, 'unexpected "c"'],
    ['a long parameter', `a ${'x'.repeat(4096)};`, 1, 'too long parameter'],
    ['endless depth', 'a { '.repeat(100), 1, 'too deeply'],
    ['a null byte', 'a "b\0c";', 1, 'null byte'],
  ])('%s is an error', (_title, source, line, message) => {
    expect(shape(source)).toEqual({ line, message: expect.stringContaining(message) });
  });
  test('it never throws and always ends', () => {
    const soup = fc
      .array(fc.constantFrom(...'ab \n;{}"\'\\$#\0é'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (source) => ['boolean'].includes(typeof parseNginx(source).ok)),
      { numRuns: 3000 },
    );
  });
});

describe('the real nginx agrees', () => {
  test('on which token soups are well-formed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gwc-reparse-'));
    // Where an nginx that was built with relative places keeps its log and its process id.
    mkdirSync(join(folder, 'logs'));
    try {
      const soup = fc.array(
        fc.constantFrom('a', ' ', '"', "'", '\\', '$', '{', '}', '${', ';', '#', '\n', ')'),
        {
          minLength: 1,
          maxLength: 10,
        },
      );
      // Inside `types` an entry of any words is valid, so only the tokens decide.
      const samples = fc.sample(soup, { numRuns: 150, seed: 7 }).map((parts) => `k ${parts.join('')}`);
      const disagree = samples.filter((sample) => {
        const source = `http { types {\n${sample}\n;} }\n`;
        const parsed = parseNginx(source);
        const entries = parsed.ok ? (parsed.directives[0]?.block?.[0]?.block ?? []) : [];
        const whole = parsed.ok && structure(parsed.directives).length === 2 + entries.length;
        const mine = whole && entries.every((one) => one.block === undefined);
        return mine !== acceptedByNginx(folder, source);
      });
      expect(disagree).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function acceptedByNginx(folder: string, source: string): boolean {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `events {}\n${source}`);
  try {
    execFileSync(testedNginx.binary, ['-t', '-p', folder, '-c', file, '-e', 'stderr'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

describe('what is never emitted is seen', () => {
  const found = (source: string): readonly string[] => {
    const parsed = parseNginx(source);
    return parsed.ok ? disallowedDirectives(parsed.directives) : ['no configuration'];
  };
  test.each([
    ['another directive', 'http { lua_code_cache off; }', '"lua_code_cache"'],
    [
      'a directive of another block',
      'proxy_pass http://x;',
      '"proxy_pass" is not a directive that is emitted in "main"',
    ],
    ['a block with the name of a method', 'constructor { a; }', '"constructor"'],
    ['another module', 'load_module modules/ngx_http_lua_module.so;', '"load_module" has an argument'],
    ['a file elsewhere', 'http { include /etc/passwd.conf; }', '"include" has an argument'],
    ['a folder above', 'http { include conf/../../x.conf; }', '"include" has an argument'],
    ['rewrite inside if', 'http { server { if ($a) { rewrite ^ /; } } }', '"rewrite" is not'],
    ['satisfy', 'http { server { location / { satisfy any; } } }', '"satisfy"'],
    ['alias', 'http { server { location / { alias /; } } }', '"alias"'],
  ])('%s', (_title, source, message) => {
    expect(found(source).join()).toContain(message);
  });
  test('entries of maps are data', () => {
    expect(found('http { map $uri $x { default 0; alias 1; } }')).toEqual([]);
    expect(structure(readOk('http { map $uri $x { alias 1; "b c" 2; } }'))).toEqual([
      '/http 0 {',
      '/http/map 2 {',
      '/http/map/* 1',
      '/http/map/* 1',
    ]);
  });
});

const readOk = (source: string) => {
  const parsed = parseNginx(source);
  return parsed.ok ? parsed.directives : [];
};
