import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = new URL('../src', import.meta.url).pathname;
const files = (readdirSync(source, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))
  .sort();

/** Folder → folders of src that it may import; itself is always allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  diagnostics: ['model'],
  source: ['model', 'diagnostics'],
  openapi: ['model', 'diagnostics', 'source', 'generated'],
  extension: ['model', 'diagnostics', 'source'],
  policy: ['model', 'diagnostics'],
  decide: ['model', 'policy'],
  read: ['model', 'diagnostics', 'source', 'openapi', 'extension', 'policy'],
  render: ['model', 'generated'],
  targets: ['model', 'diagnostics', 'render', 'generated'],
  commands: [
    'model',
    'diagnostics',
    'source',
    'openapi',
    'extension',
    'policy',
    'decide',
    'read',
    'render',
    'targets',
  ],
};

/** Package or built-in → the folders (or files) that may import it. `node:crypto` and the like compute only. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['source/', 'commands/'],
  'node:os': ['commands/'],
  'node:child_process': [],
  'node:http': [],
  'node:https': [],
  execa: ['source/', 'commands/'],
  chalk: ['diagnostics/print-pretty.ts'],
  commander: ['cli.ts', 'commands/completion.ts'],
  handlebars: ['render/'],
  'js-yaml': ['source/'],
  '@apidevtools/swagger-parser': ['commands/second-opinion.ts'],
};

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

const folderOf = (file: string): string => file.split('/')[0] ?? '';

describe('who may import whom', () => {
  test.each(files)('%s', (file) => {
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) {
        const owner = Object.entries(owners).find(
          ([known]) => name === known || name.startsWith(`${known}/`),
        );
        if (owner !== undefined)
          expect(
            owner[1].some((path) => file.startsWith(path)),
            `${file} imports ${name}`,
          ).toBe(true);
        continue;
      }
      const target = relative('.', posix.join(posix.dirname(file), name));
      if (folderOf(file) === folderOf(target) || file === 'cli.ts') continue;
      expect(allowed[folderOf(file)] ?? [], `${file} imports ${target}`).toContain(folderOf(target));
    }
  });

  test('a target never imports another target', () => {
    const ofTargets = files.filter((file) => /^targets\/[^/]+\//.test(file));
    for (const file of ofTargets) {
      for (const name of importsOf(file).filter((one) => one.startsWith('.'))) {
        const target = posix.join(posix.dirname(file), name).split('/');
        if (target[0] === 'targets' && target.length > 2) expect(target[1], file).toBe(file.split('/')[1]);
      }
    }
  });
});

describe('the core is pure', () => {
  test.each(files.filter((file) => !file.startsWith('commands/') && file !== 'cli.ts'))('%s', (file) => {
    const text = readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(text).not.toMatch(
      /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bperformance\.now\b|\bprocess\.|\bconsole\./,
    );
    expect(text).not.toMatch(/\blocaleCompare\b|\btoLocale/);
  });
});
