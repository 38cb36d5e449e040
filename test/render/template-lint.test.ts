import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templatesModule } from '../../src/render/precompile-templates.js';
import { lintTemplate } from './lint-template.ts';

const project = new URL('../../', import.meta.url).pathname;
const filesBelow = (folder: string, ending: string): readonly string[] =>
  (readdirSync(join(project, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith(ending))
    .sort();

const files = filesBelow('templates', '.hbs');
const viewTypes = new Set(
  filesBelow('src', '.ts').flatMap((file) =>
    [...readFileSync(join(project, 'src', file), 'utf8').matchAll(/\b(?:interface|type) (\w+)/g)].map(
      (match) => match[1] ?? '',
    ),
  ),
);
const surroundings = { templates: new Set(files.map((file) => file.replace(/\.hbs$/, ''))), viewTypes };

describe('the templates only choose layout', () => {
  test.each(files.length === 0 ? ['(no templates yet)'] : files)('%s', (file) => {
    if (files.length === 0) return;
    const source = readFileSync(join(project, 'templates', file), 'utf8');
    expect(lintTemplate({ file, source }, surroundings)).toEqual([]);
  });

  test('what was precompiled is what the folder holds', () => {
    const generated = readFileSync(join(project, 'src/generated/templates.js'), 'utf8');
    expect(generated === templatesModule(join(project, 'templates')), 'run npm run build').toBe(true);
  });
});

const around = {
  templates: new Set(['nginx/main.conf', 'nginx/part.conf', 'nginx/README.md']),
  viewTypes: new Set(['MainView']),
};
const lint = (body: string, file = 'nginx/main.conf.hbs'): readonly string[] =>
  lintTemplate({ file, source: `{{!-- view: MainView --}}\n${body}\n` }, around);

describe('the lint accepts', () => {
  test.each([
    ['a token alone', 'server_name {{name}};'],
    ['several tokens', 'proxy_set_header {{name}} {{value}};'],
    ['a list', 'server_name{{#each names}} {{this}}{{/each}};'],
    ['a list with an alternative', 'server_name {{#each names}}{{this}} {{else}}_ {{/each}};'],
    ['flags', '{{#if on}}\nssl {{on}};\n{{else}}\n# text {only}\n{{/if}}'],
    [
      'nested blocks',
      '{{#each a}}\nlocation = {{path}} {\n{{#unless b}}\n  return 404;\n{{/unless}}\n}\n{{/each}}',
    ],
    ['a static partial', 'http {\n  {{> nginx/part.conf}}\n}'],
    [
      'quotes and variables of the template',
      'return 200 "it\'s \\"$uri\\" # no comment";\nset $x {{value}};',
    ],
    ['an outer name', '{{#each a}}\nset $y {{../value}};\n{{/each}}'],
  ])('%s', (_title, body) => {
    expect(lint(body)).toEqual([]);
  });
  test('Markdown in tables and sentences', () => {
    const body = '| {{name}} | {{path}} |\n\nRun `nginx -p x` ({{title}}).';
    expect(lint(body, 'nginx/README.md.hbs')).toEqual([]);
  });
});

describe('the lint refuses, with the place', () => {
  test.each([
    ['a raw mustache', 'set $x {{{value}}};', '2:8: a raw mustache'],
    ['a raw mustache, other spelling', 'set $x {{&value}};', '2:8: a raw mustache'],
    ['an inline helper', 'set $x {{upper value}};', '2:8: an inline helper'],
    ['a named argument', 'set $x {{value a=1}};', '2:8: an inline helper'],
    ['another block', '{{#with a}}x{{/with}}', '2:1: the block "with"'],
    ['a section', '{{#a}}x{{/a}}', '2:1: the block "a"'],
    ['a block of two', '{{#if a b}}x{{/if}}', '2:1: a block takes one path'],
    ['block parameters', '{{#each a as |b|}}x{{/each}}', '2:1: block parameters'],
    ['a dynamic partial', '{{> (lookup . "x")}}', '2:1: a dynamic partial'],
    ['a partial with a context', '{{> nginx/part.conf a}}', '2:1: a partial takes no parameters'],
    ['a partial block', '{{#> nginx/part.conf}}x{{/nginx/part.conf}}', '2:1: PartialBlockStatement'],
    ['a missing partial', '{{> nginx/other.conf}}', '2:1: there is no template'],
    ['a partial of another language', '{{> nginx/README.md}}', '2:1: a partial is in the language'],
    ['a data variable', 'set $x {{@root.x}};', '2:10: "@root.x" is refused'],
    ['an inline decorator', '{{* x}}', '2:1: Decorator'],
    ['a literal', 'set $x {{"a"}};', '2:10: StringLiteral'],
    ['a helper as a name', 'set $x {{lookup}};', '2:10: "lookup" is a helper'],
    ['a name of every object', 'set $x {{a.constructor}};', '2:10: "a.constructor" is a name'],
    ['white space control', 'set $x {{~value}};', '"~" is refused'],
    ['a token in quotes', 'return 200 "{{value}}";', '2:13: a tag inside quotes'],
    ['a token in single quotes', "return 200 ' {{value}} ';", 'a tag inside quotes'],
    ['a token in a comment', '# {{value}}', '2:3: a tag inside comment'],
    ['a block in a comment', '# {{#if a}}x{{/if}}', '2:3: a tag inside comment'],
    ['a block that opens a comment', '{{#if a}} # {{/if}}\n', 'a block that ends inside comment'],
    ['a token after a dollar', 'set $' + '{{name}} 1;', '2:6: a token after "$"'],
    ['a token glued behind text', 'zone={{name}};', '2:6: a token after "="'],
    ['a token glued before text', 'set $x {{name}}_y;', '2:8: a token before "_"'],
    ['two tokens glued', 'set $x {{a}}{{b}};', 'a token before "a mustache"'],
    [
      'a list that glues its items',
      'server_name {{#each names}}{{this}}{{/each}};',
      'a token after "a mustache"',
    ],
    ['an optional separator', 'set $x {{a}}{{#if b}} {{/if}}{{c}};', 'a token before "a mustache"'],
    ['a token glued to a block brace', 'location {{path}}{ }', '2:10: a token before "{"'],
  ])('%s', (_title, body, message) => {
    expect(lint(body).join('\n')).toContain(`nginx/main.conf.hbs:`);
    expect(lint(body).join('\n')).toContain(message);
  });
  test.each([
    ['no comment', 'x;\n', 'opens with'],
    ['an unknown type', '{{!-- view: Nothing --}}\nx;\n', 'no type "Nothing"'],
    ['no line feed', '{{!-- view: MainView --}}\nx;', 'ends with a line feed'],
    ['a tab', '{{!-- view: MainView --}}\n\tx;\n', 'tabs'],
    ['a trailing blank', '{{!-- view: MainView --}}\nx; \n', 'trailing blanks'],
    ['no syntax', '{{!-- view: MainView --}}\n{{#if}}\n', 'nginx/main.conf.hbs:1:1'],
  ])('a template with %s', (_title, source, message) => {
    expect(lintTemplate({ file: 'nginx/main.conf.hbs', source }, around).join('\n')).toContain(message);
  });
  test('tokens in code of Markdown', () => {
    expect(lint('`{{name}}`', 'nginx/README.md.hbs').join()).toContain('a tag inside code');
    expect(lint('[a]({{name}})<{{name}}', 'nginx/README.md.hbs').join()).toContain('a token after "<"');
  });
});
