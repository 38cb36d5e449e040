import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { JsonSchema, JsonValue, NamedSchema, SchemaDialect } from '../../../src/model/inspection.ts';
import type { JsonObject } from '../../../src/targets/aws/schema/json-schema.ts';
import { lowerSchemas, type UsedSchema } from '../../../src/targets/aws/schema/lower-schemas.ts';
import { corpus, corpusDocuments, hasCorpus } from '../../corpus/manifest.ts';
import { modelJudge } from './judges.ts';

interface Bodies {
  readonly used: readonly UsedSchema[];
  readonly named: readonly NamedSchema[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const entries = (value: unknown): [string, JsonValue][] => (isObject(value) ? Object.entries(value) : []);

/** The schemas of the bodies of a document, read with nothing of gwc; what they refer to has names as in the document. */
function bodiesOf(file: string): Bodies {
  const text = readFileSync(new URL(file, corpus), 'utf8');
  const root = load(text, { schema: CORE_SCHEMA, json: true }) as JsonObject;
  const isOld = root['swagger'] !== undefined;
  const isPlain = isOld || String(root['openapi']).startsWith('3.0');
  const dialect: SchemaDialect = isOld ? 'openapi-2.0' : isPlain ? 'openapi-3.0' : 'json-schema-2020-12';
  const components = isOld
    ? root['definitions']
    : (root['components'] as JsonObject | undefined)?.['schemas'];
  const prefix = isOld ? '#/definitions/' : '#/components/schemas/';
  const resolve = (value: JsonValue | undefined): JsonValue | undefined => {
    const pointer = isObject(value) ? value['$ref'] : undefined;
    if (typeof pointer !== 'string' || !pointer.startsWith('#/')) return value;
    const steps = pointer.slice(2).split('/');
    return steps.reduce<JsonValue | undefined>(
      (node, step) => (isObject(node) ? node[step.replaceAll('~1', '/')] : undefined),
      root,
    );
  };
  const rewritten = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(rewritten);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === '$ref' && typeof inner === 'string' ? inner.replace(prefix, '#/schemas/') : rewritten(inner),
      ]),
    );
  };
  const used = entries(root['paths']).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) return [];
      const parameters = Array.isArray(operation['parameters']) ? operation['parameters'].map(resolve) : [];
      const inBody = parameters.filter((one) => isObject(one) && one['in'] === 'body');
      const body = resolve(operation['requestBody']);
      const content = entries(isObject(body) ? body['content'] : undefined).map(([, media]) => media);
      return [...inBody, ...content].flatMap((holder, index) => {
        const schema = isObject(holder) ? holder['schema'] : undefined;
        if (schema === undefined) return [];
        return [{ name: `${method} ${path} ${index}`, schema: rewritten(schema) as JsonSchema, dialect }];
      });
    }),
  );
  const named = entries(components).map(([name, schema]) => ({
    name,
    schema: rewritten(schema) as JsonSchema,
    dialect,
  }));
  return { used, named };
}

describe.skipIf(!hasCorpus)(
  'bodies of real documents become models (skipped without the shared corpus)',
  () => {
    const seen = { bodies: 0, exact: 0 };

    test.each(corpusDocuments())('$file', ({ file }) => {
      const { used, named } = bodiesOf(file);
      const lowered = lowerSchemas(used, named);
      const again = lowerSchemas(used, [...named].reverse());
      expect(JSON.stringify(again) === JSON.stringify(lowered), 'the order of schemas shows').toBe(true);
      expect(lowered.used).toHaveLength(used.length);
      const findings = new Set(lowered.used.flatMap((one) => one.findings));
      for (const name of Object.keys(lowered.models)) expect(name).toMatch(/^[A-Za-z0-9]+$/);
      // References out of the file are not followed here; in the model of a gateway there are none.
      const isOfFile = ({ keyword }: { keyword: string }): boolean => keyword !== '$ref' && keyword !== '';
      expect([...findings].filter((one) => one.kind === 'refused' && isOfFile(one))).toEqual([]);
      const [first] = lowered.used.filter(({ model }) => model !== undefined);
      if (first?.model !== undefined) expect(typeof modelJudge(lowered, first.model)({})).toBe('boolean');
      const exact = lowered.used.filter((one) =>
        one.findings.every(({ kind }) => kind === 'dropped-annotation'),
      );
      seen.bodies += used.length;
      seen.exact += exact.length;
    });

    test('most of them exactly', () => {
      expect(seen.bodies).toBeGreaterThan(1_400);
      expect(seen.exact / seen.bodies).toBeGreaterThan(0.85);
    });
  },
);
