import { describe, expect, it } from 'vitest';
import { pathShape } from '../../src/read/path/path-shape.ts';
import { parseTemplate, routedPart } from '../../src/read/path/path-template.ts';

const shapes: readonly (readonly [string, string, readonly string[]])[] = [
  ['/', '/', []],
  ['/a', '/a', []],
  ['/a/', '/a/', []],
  ['/a/{x}', '/a/{}', ['x']],
  ['/{Sid}.json', '/{}.json', ['Sid']],
  ['/compare/{base}...{head}', '/compare/{}...{}', ['base', 'head']],
  ["/f(id='{user-id}')", "/f(id='{}')", ['user-id']],
  ['/{id}{ext}', '/{}{}', ['id', 'ext']],
  ['/{x*()_-+=x}', '/{}', ['x*()_-+=x']],
  ['/files/{rest+}', '/files/{+}', ['rest']],
  ['/:id', '/:id', []],
  ['/a b', '/a%20b', []],
];
const refused = [
  ['a', 'begin with a slash'],
  ['', 'begin with a slash'],
  ['//a', 'an empty segment'],
  ['/a//b', 'an empty segment'],
  ['/a/../b', 'a ".." segment'],
  ['/%2e/b', 'a "." segment'],
  ['/{x', 'braces do not match'],
  ['/x}', 'braces do not match'],
  ['/{x{y}}', 'braces do not match'],
  ['/{}', 'without a name'],
  ['/{a/b}', 'a slash'],
  ['/{x}/{x}', 'the parameter "x" twice'],
  ['/{x+}/b', 'not its last segment'],
  ['/a{x+}', 'not a segment of its own'],
  ['/a;b', 'a semicolon'],
] as const;

describe('path templates', () => {
  it.each(shapes)('%s has the shape %s', (template, shape, parameters) => {
    const parsed = parseTemplate(template);
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(pathShape(parsed.template.segments)).toBe(shape);
    expect(parsed.template.parameters).toEqual(parameters);
  });

  it.each(refused)('%j is refused: %s', (template, problem) => {
    const parsed = parseTemplate(template);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
  });

  it.each([
    ['/token#refresh', '/token'],
    ['/responses?beta=true', '/responses'],
    ['/#Action=List', '/'],
    ['/a/{x?}/b', '/a/{x?}/b'],
  ])('%s routes on %s', (key, path) => {
    expect(routedPart(key)).toBe(path);
  });
});
