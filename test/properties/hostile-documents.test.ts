import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Directive, parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { encodableText, hostileText, naughtyStrings } from '../render/hostile-strings.ts';
import { readableFolder, writeFiles } from '../support/running-gateway.ts';
import { testedNginx } from '../support/tested-nginx.ts';
import { compileDocument } from './compile-document.ts';
import { leavesOf, withLeaf, withText } from './document-leaves.ts';

const numRuns = Number(process.env['GWC_HOSTILE_RUNS'] ?? 150);
const seed = Number(process.env['GWC_HOSTILE_SEED'] ?? 20_260_402);

const hostile = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 3, arbitrary: encodableText },
  { weight: 1, arbitrary: naughtyStrings.length === 0 ? hostileText : fc.constantFrom(...naughtyStrings) },
);

const read = (file: string): unknown =>
  load(readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'), { schema: CORE_SCHEMA });

describe.each([
  ['the law', read('behaviour/law.openapi.yaml')],
  ['the shop', read('shop/openapi.yaml')],
])('hostile text in %s is refused, or stays text', (_, document) => {
  const leaves = leavesOf(document);
  /** Texts that may stand in many places at once, such as names. */
  const names = [...new Set(leaves.map(({ text }) => text))];
  const accepted: (readonly Artifact[])[] = [];

  const where = fc.oneof(
    fc.constantFrom(...leaves).map((leaf) => (text: string) => withLeaf(document, leaf, text)),
    fc.constantFrom(...names).map((name) => (text: string) => withText(document, name, text)),
  );
  /** Beside what stood there, or instead of it. */
  const how = fc.tuple(
    fc.constantFrom('', 'a', 'x-a', '/a', 'https://a.test/', "claims.sub == '"),
    hostile,
    fc.constantFrom('', 'z', "'", '/z'),
  );

  test('the structure of every file is that of harmless text', async () => {
    await fc.assert(
      fc.asyncProperty(where, how, async (place, [before, text, after]) => {
        const made = await compileDocument(place(before + text + after));
        if (made.artifacts.length === 0) {
          expect(made.diagnostics).not.toEqual([]);
          return;
        }
        const harmless = await compileDocument(place(before + harmlessText(text) + after));
        // Where only the hostile text is accepted, there is nothing to compare with: the words must be known ones.
        if (harmless.artifacts.length > 0)
          expect(structures(made.artifacts)).toEqual(structures(harmless.artifacts));
        else structures(made.artifacts);
        if (text.length > 2) accepted.push(made.artifacts);
      }),
      { numRuns, seed, endOnFailure: true },
    );
  }, 300_000);

  test('nginx takes what was accepted', () => {
    const sample = accepted.slice(-8);
    expect(sample.length).toBeGreaterThan(0);
    for (const artifacts of sample) expect(refusalOfNginx(artifacts)).toBeUndefined();
  });
});

/** Letters for everything that is not part of the shape of a path or an expression. */
function harmlessText(text: string): string {
  return text.replace(/[^A-Za-z0-9/{}?&=.,:[\]()'"\s-]/gu, 'x');
}

/** The structure of each file by its path; throws where one cannot be read back. */
function structures(artifacts: readonly Artifact[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    artifacts
      .filter(({ path }) => path.endsWith('.conf'))
      .map(({ path, contents }) => {
        const parsed = parseNginx(contents);
        if (!parsed.ok) throw new Error(`${path}:${parsed.error.line}: ${parsed.error.message}`);
        return [path, parsed.directives.map((one) => shapeOf(one)).sort()];
      }),
  );
}

/** A directive without its values. Routes are in order of their text, so the order of directives may differ. */
function shapeOf({ name, args, block }: Directive, isEntry = false): string {
  const inner = block?.map((one) => shapeOf(one, ['map', 'geo', 'types'].includes(name))).sort();
  return `${isEntry ? '*' : name} ${args.length}${inner === undefined ? '' : ` { ${inner.join('; ')} }`}`;
}

function refusalOfNginx(artifacts: readonly Artifact[]): string | undefined {
  const folder = readableFolder();
  try {
    writeFiles(folder, artifacts);
    const { status, stderr } = spawnSync(
      testedNginx.binary,
      ['-t', '-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'],
      { encoding: 'utf8' },
    );
    return status === 0 ? undefined : stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
