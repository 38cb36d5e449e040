import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonSchema, JsonValue, NamedSchema, SchemaDialect } from '../../../src/model/inspection.ts';
import { lowerSchemas } from '../../../src/targets/aws/schema/lower-schemas.ts';
import { instances, schemasOf } from './generated-schemas.ts';
import { documentJudge, modelJudge, withoutUncounted } from './judges.ts';

const dialects: readonly SchemaDialect[] = ['openapi-2.0', 'openapi-3.0', 'json-schema-2020-12'];

describe.each(dialects)('a model of a schema of %s', (dialect) => {
  const schema = schemasOf(dialect);
  const cases = fc.tuple(schema, schema, schema, fc.array(instances, { minLength: 12, maxLength: 12 }));

  test('accepts what the document accepts, and nothing else unless a finding says so', () => {
    const seen = { exact: 0, weaker: 0, accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(cases, ([body, a, b, values]) => {
        const named: NamedSchema[] = [
          { name: 'A', schema: a, dialect },
          { name: 'B', schema: b, dialect },
        ];
        compare(body, named, dialect, values, seen);
      }),
      {
        numRuns: 600,
        seed: 20_261_201,
        interruptAfterTimeLimit: 40_000,
        markInterruptAsFailure: false,
      },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(50);
  });
});

function compare(
  body: JsonSchema,
  named: readonly NamedSchema[],
  dialect: SchemaDialect,
  values: readonly JsonValue[],
  seen: Record<'exact' | 'weaker' | 'accepted' | 'rejected', number>,
): void {
  const lowered = lowerSchemas([{ name: 'body', schema: body, dialect }], named);
  const { model = '', findings = [] } = lowered.used[0] ?? {};
  // Schemas without end have no meaning to compare with.
  if (findings.some(({ kind }) => kind === 'refused')) return;
  const isExact = !findings.some(({ kind }) => kind === 'weakened');
  seen[isExact ? 'exact' : 'weaker'] += 1;
  const meant = ifKnown(() => documentJudge(body, named, dialect));
  if (meant === undefined) return;
  const judges = [modelJudge(lowered, model), modelJudge(withoutUncounted(lowered), model)];
  for (const value of values) {
    const isMeant: boolean | undefined = ifKnown<boolean>(() => meant(value));
    if (isMeant === undefined) return;
    seen[isMeant ? 'accepted' : 'rejected'] += 1;
    for (const judge of judges) {
      const isAccepted = judge(value);
      if (isAccepted === isMeant || (isAccepted && !isExact)) continue;
      const said = JSON.stringify({ value, body, named, lowered }, undefined, 1);
      expect.fail(`${isMeant ? 'rejects what the document allows' : 'accepts what it forbids'}: ${said}`);
    }
  }
}

/**
 * `undefined` where ajv 8.20 has no opinion: it follows references without end in parts that no instance can reach, and
 * trips over its own account of what was evaluated (`items` below `else`, `dependentSchemas` beside `patternProperties`).
 */
function ifKnown<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch {
    return undefined;
  }
}
