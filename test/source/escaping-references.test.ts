import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadDocuments } from '../../src/source/index.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'references-'));
  for (const name of ['outside', 'project/.git', 'project/api/near'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'outside/secret.yaml'), 'stolen: secret\n');
  writeFileSync(join(folder, 'outside/secret.txt'), 'stolen: secret\n');
  writeFileSync(join(folder, 'project/notes.txt'), 'stolen: secret\n');
  writeFileSync(join(folder, 'project/api/near/good.yaml'), 'a: {b: near}\n');
  symlinkSync(join(folder, 'outside/secret.yaml'), join(folder, 'project/api/link.yaml'));
  symlinkSync('../../outside', join(folder, 'project/api/folder'));
  symlinkSync('../notes.txt', join(folder, 'project/api/disguised.yaml'));
  symlinkSync('loop.yaml', join(folder, 'project/api/loop.yaml'));
  symlinkSync('near/good.yaml', join(folder, 'project/api/inside.yaml'));
  mkdirSync(join(folder, 'project/api/directory.yaml'));
  execFileSync('mkfifo', [join(folder, 'project/api/pipe.yaml')]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function followIn(project: string, reference: string) {
  const name = join(project, 'openapi.yaml');
  writeFileSync(name, JSON.stringify({ a: { $ref: reference } }));
  const { documents, diagnostics } = loadDocuments([name]);
  const found: Diagnostic[] = [];
  const node = documents.roots[0]?.child('a');
  const target = node === undefined ? undefined : documents.follow(node, (one) => found.push(one));
  return { documents, diagnostics, found, target };
}

const up = '../../outside/secret.yaml';
/** Always an error, even when nobody follows the reference. */
const refused = [
  up,
  `./${up}`,
  `near/../${up}`,
  `near/../../api/${up}`,
  `.//..//..//outside/secret.yaml`,
  `../../../../../../../../../../etc/passwd.yaml`,
  '/etc/passwd.yaml',
  '/proc/self/environ.json',
  '//host/share/x.yaml',
  '///etc/x.yaml',
  'http://127.0.0.1/x.yaml',
  'HTTP://127.0.0.1/x.yaml',
  'https://example.com/x.yaml#/a',
  'ftp://example.com/x.yaml',
  'file:///etc/x.yaml',
  'file:x.yaml',
  'FILE:/etc/x.yaml',
  'file://localhost/etc/x.yaml',
  'data:application/json,{}',
  'urn:example:x.yaml',
  'javascript:x.yaml',
  'http:/\\example.com/x.yaml',
  'c:/windows/x.yaml',
  'C:\\windows\\x.yaml',
  '\\\\host\\share\\x.yaml',
  '..\\..\\outside\\secret.yaml',
  '.\\near\\good.yaml',
  '..%2f..%2foutside%2fsecret.yaml',
  '..%2F..%2Foutside/secret.yaml',
  '%2e%2e/%2e%2e/outside/secret.yaml',
  '%2E%2E/../outside/secret.yaml',
  '..%5c..%5coutside%5csecret.yaml',
  '%252e%252e/%252e%252e/outside/secret.yaml',
  '..%252f..%252foutside/secret.yaml',
  'near%00/good.yaml',
  'near/good.yaml\u0000.txt',
  'near/good.yaml%00',
  ' http://example.com/x.yaml',
  'near/good.yaml ',
  '\tnear/good.yaml',
  'near/\ngood.yaml',
  '\u2025/\u2025/outside/secret.yaml',
  '..\uff0f..\uff0foutside\uff0fsecret.yaml',
  '..\u2215..\u2215outside\u2215secret.yaml',
  '\u200b../../outside/secret.yaml',
  'link.yaml',
  'folder/secret.yaml',
  './near/../folder/secret.yaml',
  'disguised.yaml',
  'directory.yaml',
  'pipe.yaml',
];

/** Harmless while nobody follows it. */
const ignored = [
  '....//....//outside/secret.yaml',
  '..;/..;/outside/secret.yaml',
  '~/secret.yaml',
  '$HOME/secret.yaml',
  '%c0%ae%c0%ae/secret.yaml',
  '%u002e%u002e/secret.yaml',
  'near/good.yaml?x=1',
  'near/good.yaml/',
  'near/good.yaml/x.yaml',
  'near/missing.yaml',
  'loop.yaml',
  '../notes.txt',
  'near',
  '.',
  '..',
  '',
  '?x',
  '#a',
  '#a/b',
  '#/a/~2',
  '#/%zz',
  '#/__proto__',
  '#/__proto__/toString',
  '#/constructor',
  '#/constructor/prototype',
  '#/a/length',
  'near/good.yaml#/a/b/length',
  'near/good.yaml#/toString',
  `${'near/'.repeat(60)}good.yaml`,
];

describe('no reference leaves the project', () => {
  test.each(refused)('%j is an error', (reference) => {
    const { documents, diagnostics, found, target } = followIn(join(folder, 'project/api'), reference);
    const expected = /\u0000/.test(reference) ? ['SRC010'] : ['SRC020'];
    expect(diagnostics.map(({ code }) => code)).toEqual(expected);
    expect(target).toBeUndefined();
    if (documents.roots.length > 0) expect(found.map(({ code }) => code)).toEqual(expected);
    expect(documents.files.map(({ file }) => file)).toEqual([join(folder, 'project/api/openapi.yaml')]);
  });

  test.each(ignored)('%j is an error for who follows it', (reference) => {
    const { documents, diagnostics, found, target } = followIn(join(folder, 'project/api'), reference);
    expect(diagnostics).toEqual([]);
    expect(target).toBeUndefined();
    expect(found).toHaveLength(1);
    expect(['SRC021', 'SRC023']).toContain(found[0]?.code);
    expect(documents.files.map(({ file }) => file)).not.toContain(join(folder, 'outside/secret.yaml'));
  });

  test.each([
    ['near/good.yaml#/a/b', 'near'],
    ['./near/good.yaml#/a/b', 'near'],
    ['near/../near//good.yaml#/a/b', 'near'],
    ['../api/near/good.yaml#/a/b', 'near'],
    ['inside.yaml#/a/b', 'near'],
    ['near/good.yaml#/%61/b', 'near'],
  ])('%j is followed', (reference, value) => {
    const { diagnostics, found, target } = followIn(join(folder, 'project/api'), reference);
    expect([...diagnostics, ...found]).toEqual([]);
    expect(target?.value).toBe(value);
    expect(target?.at.file).toBe(join(folder, 'project/api/near/good.yaml'));
  });

  test('without a repository the folder of the document is the limit', () => {
    mkdirSync(join(folder, 'plain/api'), { recursive: true });
    writeFileSync(join(folder, 'plain/shared.yaml'), 'a: 1\n');
    const { diagnostics } = followIn(join(folder, 'plain/api'), '../shared.yaml');
    expect(diagnostics.map(({ code }) => code)).toEqual(['SRC020']);
    const wider = loadDocuments([join(folder, 'plain/api/openapi.yaml')], { root: join(folder, 'plain') });
    expect(wider.diagnostics).toEqual([]);
    expect(wider.documents.files).toHaveLength(2);
  });

  test('a pipe, a folder, a missing file and a missing root end in a diagnostic', () => {
    for (const name of [
      'project/api/pipe.yaml',
      'project/api',
      'project/none.yaml',
      'project/api/loop.yaml',
    ]) {
      const { documents, diagnostics } = loadDocuments([join(folder, name)]);
      expect(diagnostics.map(({ code }) => code)).toEqual(['SRC001']);
      expect(documents.roots).toEqual([]);
    }
    const { diagnostics } = loadDocuments([join(folder, 'project/api/near/good.yaml')], {
      root: join(folder, 'none'),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['SRC001']);
  });
});
