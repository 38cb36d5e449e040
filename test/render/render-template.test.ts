import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { templateEnvironment } from '../../src/render/environment.ts';
import { markdownText } from '../../src/render/markdown-token.ts';
import { neutralView } from '../../src/render/neutral-view.ts';
import { type renderTemplate, renderWith } from '../../src/render/render-template.ts';
import { compileOptions } from '../../src/render/template-policy.js';
import { isToken, makeToken, type Token } from '../../src/render/token.ts';
import { parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import { structure } from '../../src/targets/nginx/reparse/structure.ts';
import { argument, size, variableName, word } from '../../src/targets/nginx/token.ts';

/** Compiles templates as the build does. */
const environment = (sources: Readonly<Record<string, string>>): ReturnType<typeof templateEnvironment> =>
  templateEnvironment(
    Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [
        name,
        new Function(`return ${Handlebars.precompile(source, { ...compileOptions })}`)() as object,
      ]),
    ),
  );
const render = (source: string, view: unknown, more: Readonly<Record<string, string>> = {}): string =>
  renderWith(environment({ 'main.conf': source, ...more }), 'main.conf', view);

describe('a template prints tokens in its layout', () => {
  test('tokens, numbers, lists, flags and partials, indented where they stand', () => {
    const source =
      'events {\n  worker_connections {{count}};\n}\n{{#each servers}}\nserver {\n  {{> listen.conf}}\n{{#if name}}\n  on;\n{{else}}\n  off;\n{{/if}}\n{{#unless name}}\n  none;\n{{/unless}}\n}\n{{/each}}\n';
    const view = { count: 512, servers: [{ address: argument('127.0.0.1:80'), name: false }] };
    expect(render(source, view, { 'listen.conf': 'listen {{address}};\nroot x;\n' })).toBe(
      'events {\n  worker_connections 512;\n}\nserver {\n  listen "127.0.0.1:80";\n  root x;\n  off;\n  none;\n}\n',
    );
  });
  test('characters that HTML would escape stay', () => {
    expect(render('a {{x}};\n', { x: argument(`<&>'=\``) })).toBe(`a "<&>'=\`";\n`);
  });
  test('partials with a slash in their name are found', () => {
    expect(
      render('{{> nginx/parts/a.conf}}\n', { x: word('y') }, { 'nginx/parts/a.conf': 'a {{x}};\n' }),
    ).toBe('a y;\n');
  });
});

describe('the layout alone', () => {
  const source = 'server {\n{{#each list}}\n  set {{name}} {{value}};\n{{/each}}\n  listen {{port}};\n}\n';
  const shape = (text: string): readonly string[] => {
    const parsed = parseNginx(text);
    return parsed.ok ? structure(parsed.directives) : [parsed.error.message];
  };
  test('has the structure of the text with its tokens', () => {
    const view = { port: 80, list: [{ name: variableName('gw_a'), value: argument('"; } {') }] };
    expect(render(source, neutralView(view))).toBe('server {\n  set x x;\n  listen 80;\n}\n');
    expect(shape(render(source, neutralView(view)))).toEqual(shape(render(source, view)));
  });
  test('differs from it when an encoder is broken', () => {
    const broken = makeToken('nginx', 'argument', '"a" ; root /');
    const view = { port: 80, list: [{ name: variableName('gw_a'), value: broken }] };
    expect(shape(render(source, neutralView(view)))).not.toEqual(shape(render(source, view)));
  });
});

describe('only encoders make tokens', () => {
  const source = new URL('../../src/', import.meta.url).pathname;
  const naming = (text: string): readonly string[] =>
    (readdirSync(source, { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts') && readFileSync(join(source, file), 'utf8').includes(text))
      .sort();
  test('out of encoded text', () => {
    expect(naming('makeToken')).toEqual([
      'render/dockerfile-token.ts',
      'render/markdown-token.ts',
      'render/neutral-view.ts',
      'render/token.ts',
      'targets/nginx/token/quote.ts',
    ]);
    const printers = naming('/quote.ts').filter((file) =>
      /import \{[^}]*\b(?<!type )(?:bare|quoted?)\b[^}]*\} from '[^']*\/quote\.ts'/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
    );
    expect(printers.length).toBeGreaterThan(2);
    expect(printers.filter((file) => !file.startsWith('targets/nginx/token'))).toEqual([]);
    expect(naming('SafeString')).toEqual(['render/handlebars.ts', 'render/token.ts']);
  });
});

describe('a value that is not encoded never prints', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  test.each<[string, unknown, string]>([
    ['a string', { a: { b: [word('x'), 'raw'] } }, 'view.a.b[1]: a string is not a token'],
    ['undefined', { a: undefined }, 'view.a: undefined is not a value'],
    ['null', { a: null }, 'view.a: null is not a value'],
    ['a function', { a: () => 'x' }, 'view.a: a function is not a value'],
    ['a fraction', { a: 1.5 }, 'view.a: the number 1.5 is not a safe integer'],
    ['not a number', { a: Number.NaN }, 'view.a: the number NaN'],
    ['an unsafe integer', { a: 2 ** 53 }, 'view.a: the number'],
    ['an object with toHTML', { a: { toHTML: () => 'x' } }, 'view.a.toHTML: a function'],
    ['a SafeString', { a: new Handlebars.SafeString('x') }, 'view.a: an object that is neither'],
    ['a date', { a: new Date(0) }, 'view.a: an object that is neither'],
    ['a map', { a: new Map() }, 'view.a: an object that is neither'],
    ['a getter', { a: Object.defineProperty({}, 'b', { get: () => 'x', enumerable: true }) }, 'view.a'],
    ['a token of another language', { a: markdownText('x') }, 'view.a: a token of markdown'],
    ['itself', cyclic, 'view.self: a view cannot contain itself'],
    ['a list as the view', [word('x')], 'view: a view is a plain record'],
  ])('%s', (_title, view, message) => {
    expect(() => render('a;\n', view)).toThrow(message);
  });
  test('neither does it compile', () => {
    type Accepts<V extends object> = (give: typeof renderTemplate<'nginx/nginx.conf', V>) => void;
    const check = (
      _give: Accepts<{ readonly a: Token<'nginx'>; readonly n: number; readonly l: readonly boolean[] }>,
    ) => undefined;
    const call = (give: typeof renderTemplate): void => {
      give('nginx/nginx.conf', { a: word('x'), list: [{ on: true, n: 1 }] });
      // @ts-expect-error a bare string
      give('nginx/nginx.conf', { a: 'x' });
      // @ts-expect-error a bare string in a list of records
      give('nginx/nginx.conf', { list: [{ a: 'x' }] });
      // @ts-expect-error undefined
      give('nginx/nginx.conf', { a: undefined });
      // @ts-expect-error a token of another language
      give('nginx/nginx.conf', { a: markdownText('x') });
      // @ts-expect-error a function
      give('nginx/nginx.conf', { a: () => word('x') });
      // @ts-expect-error a name that tells no language
      give('nginx/nginx.txt', { a: word('x') });
    };
    expect([typeof check, typeof call]).toEqual(['function', 'function']);
  });
  test('data cannot pass for a token', () => {
    expect(
      isToken(JSON.parse('{"language":"nginx","position":"word","string":"x","__proto__":{"toHTML":1}}')),
    ).toBe(false);
    expect(isToken(new Handlebars.SafeString('x'))).toBe(false);
    expect(isToken(size(1))).toBe(true);
  });
});

describe('a mistake in a template throws', () => {
  test.each<[string, string, unknown, string]>([
    ['a missing name', 'a {{x}};\n', {}, '"x" not defined'],
    ['a missing inner name', 'a {{x.y}};\n', { x: {} }, '"y" not defined'],
    ['a missing flag', '{{#if x}}a{{/if}}\n', {}, '{{#if}} needs a boolean, not undefined'],
    ['a number as a flag', '{{#unless x}}a{{/unless}}\n', { x: 1 }, '{{#unless}} needs a boolean'],
    ['a missing list', '{{#each x}}a{{/each}}\n', {}, '{{#each}} needs an array'],
    ['a missing name in a partial', '{{> part.conf}}\n', {}, '"x" not defined'],
    ['a missing partial', '{{> other.conf}}\n', {}, 'other.conf'],
    ['a trailing blank', 'a; \n', {}, 'line 1 of its output'],
    ['a trailing blank at the end', 'a;\n ', {}, 'line 2 of its output'],
    ['a tab', 'a;\n\tb;\n', {}, 'line 2 of its output'],
    ['a carriage return', 'a;\r\n', {}, 'control character'],
    ['no line feed at the end', 'a;', {}, 'exactly one line feed'],
    ['two line feeds at the end', 'a;\n\n', {}, 'exactly one line feed'],
    ['nothing', '\n', {}, 'exactly one line feed'],
  ])('%s', (_title, source, view, message) => {
    expect(() => render(source, view, { 'part.conf': 'a {{x}};\n' })).toThrow(message);
  });
  test.each([
    ['an unknown helper', '{{upper x}}'],
    ['lookup', '{{lookup x "y"}}'],
    ['log', '{{log x}}'],
    ['with', '{{#with x}}a{{/with}}'],
  ])('%s does not compile or run', (_title, source) => {
    expect(() => render(`${source}\n`, { x: {} })).toThrow();
  });
  test('a template that does not exist', () => {
    expect(() => renderWith(environment({}), 'x.conf', {})).toThrow('there is no template "x.conf"');
  });
});
