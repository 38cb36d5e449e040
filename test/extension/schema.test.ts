import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facetsSchema, rootSchema } from '../../src/extension/index.ts';
import { fullFacets, fullRoot } from './full-block.ts';
import { facetsOf, nodeFrom, rootOf } from './read-block.ts';

const ajv = new Ajv2020.default({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });

const blocks = [
  { name: 'root', schema: rootSchema(), full: nodeFrom(fullRoot).value, read: rootOf },
  { name: 'facets', schema: facetsSchema(), full: nodeFrom(fullFacets).value, read: facetsOf },
] as const;

/** Findings that a schema makes too; the others need more than a schema can say. */
const structural = new Set(['XGW001', 'XGW002', 'XGW003', 'XGW006', 'XGW007']);

const texts = [
  '',
  'x',
  'owner',
  '5/s',
  '10.0.0.0/8',
  'https://a.example',
  '64kb',
  '30s',
  'X-A',
  'query.a',
  '1.22',
  'auto',
  'never',
  'a\nb',
];
const odd = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    9000,
    [],
    {},
    [1],
    ['x'],
    { secret: 'a' },
    { nope: 1 },
  ),
);
const fate = fc.oneof(
  { weight: 450, arbitrary: fc.constant({ kind: 'keep' as const }) },
  { weight: 12, arbitrary: fc.constant({ kind: 'drop' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('put' as const), value: odd }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), value: odd }) },
);
type Fate = { kind: 'keep' | 'drop' } | { kind: 'put' | 'add'; value: unknown };

/** The tree with each part kept, dropped, replaced or joined by an unknown field, as the fates say. */
function mutate(value: unknown, next: () => Fate): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, child]) => {
    const chosen = next();
    if (chosen.kind === 'drop') return [];
    if (chosen.kind === 'put') return [[key, chosen.value] as const];
    const kept = [key, mutate(child, next)] as const;
    return chosen.kind === 'add' ? [kept, ['addedField', chosen.value] as const] : [kept];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

describe.each(blocks)('the JSON Schema of the $name block', ({ name, schema, full, read }) => {
  const validate = ajv.compile(schema);
  const { environments: _, ...rest } = full as Record<string, unknown>;

  test('accepts a block that uses every field', () => {
    expect(validate(full), JSON.stringify(validate.errors)).toBe(true);
  });

  test('says the same as the reader on blocks good and bad', () => {
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fate), (fates) => {
        const value = mutate(rest, () => fates.next().value);
        const { block, diagnostics } = read(value);
        const accepted = validate(value);
        if (block !== undefined) {
          good++;
          expect(accepted, JSON.stringify([value, validate.errors])).toBe(true);
        } else if (diagnostics.every((one) => structural.has(one.code))) {
          bad++;
          expect(accepted, JSON.stringify([value, diagnostics.map((one) => one.message)])).toBe(false);
        }
        if (!accepted) expect(block, JSON.stringify(validate.errors)).toBeUndefined();
      }),
      { numRuns: 800 },
    );
    expect(good, name).toBeGreaterThan(20);
    expect(bad, name).toBeGreaterThan(100);
  });

  test('is closed and described', () => {
    const objects = JSON.stringify(schema).match(/"type":"object","title":/g)?.length ?? 0;
    const closed = JSON.stringify(schema).match(/"additionalProperties":false/g)?.length ?? 0;
    expect(closed).toBe(objects);
    expect(objects).toBeGreaterThan(10);
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
  });
});
