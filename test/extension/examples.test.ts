import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readFacets, readRoot } from '../../src/extension/index.ts';
import { nodeOf } from '../../src/source/node.ts';
import { collect } from './read-block.ts';

const language = new URL('../../../shared/LANGUAGE.md', import.meta.url);
const present = existsSync(language);

type Tree = { readonly [key: string]: unknown };

/** The YAML examples of the language's definition, by what they show. */
function examples(): Readonly<Record<'small' | 'medium' | 'full' | 'side' | 'swagger', Tree>> {
  const text = readFileSync(language, 'utf8');
  const section = text.slice(text.indexOf('## 9.'), text.indexOf('## 10.'));
  const [small, medium, full, side, swagger] = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, yaml]) => load(yaml ?? '') as Tree,
  );
  return {
    small: small ?? {},
    medium: medium ?? {},
    full: full ?? {},
    side: side ?? {},
    swagger: swagger ?? {},
  };
}

function findings(block: unknown): readonly string[] {
  const node = nodeOf(block, { file: 'api.yaml', pointer: '' });
  return collect((report) => readRoot(node, report)).places;
}

/** Findings of all blocks on path items and operations. */
function facetFindings(document: Tree): readonly string[] {
  const items = Object.values(document['paths'] as Tree) as Tree[];
  const blocks = items.flatMap((item) =>
    [item, ...(Object.values(item) as Tree[])].map((one) => one['x-gateway']),
  );
  return blocks
    .filter((block) => block !== undefined)
    .flatMap((block) => {
      const node = nodeOf(block, { file: 'api.yaml', pointer: '' });
      return collect((report) => readFacets(node, 'operation', report)).places;
    });
}

describe.skipIf(!present)('the examples of the language (skipped without ../shared/LANGUAGE.md)', () => {
  test('small: nothing is missing', () => {
    expect(findings(examples().small['x-gateway'])).toEqual([]);
  });

  test('medium: what this version does not have is named, nothing else', () => {
    expect(findings(examples().medium['x-gateway'])).toEqual([
      'XGW002 /plans (key)',
      'XGW002 /backends/orders/health (key)',
      'XGW002 /consumers/acme/plan (key)',
      'XGW002 /defaults/validate (key)',
      'XGW002 /defaults/cors (key)',
      'XGW002 /defaults/limits/0/per',
    ]);
    expect(facetFindings(examples().medium)).toEqual([
      'XGW002 /validate (key)',
      'XGW002 /limits/0/per',
      'XGW002 /cache (key)',
      'XGW002 /sunset (key)',
    ]);
  });

  test('full: the vocabulary of later versions is never taken for a mistake', () => {
    const { full, side } = examples();
    const all = [...findings(side), ...facetFindings(full)];
    expect(all.filter((place) => !place.startsWith('XGW002'))).toEqual([
      // The name of the environment is needed, and none is chosen.
      'XGW009 /targets/aws/stage',
      'XGW009 /request/setHeaders/X-Gateway',
    ]);
  });

  test('Swagger 2.0: the same language', () => {
    expect(findings(examples().swagger['x-gateway'])).toEqual([]);
  });
});
