import { generateKeyPairSync } from 'node:crypto';
import type { Gateway, Operation } from '../../src/model/gateway.ts';
import type { ReadTextOptions, TextFiles } from '../support/read-text.ts';
import { type ReadText, readModel, readText } from '../support/read-text.ts';

const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
/** A key set of one signing key, as text. */
export const keySet = JSON.stringify({ keys: [{ ...publicKey, kid: 'k1' }] });

/** A JSON value that is merged into the sample: objects by key, everything else replaced; `undefined` removes. */
export type Change = { readonly [key: string]: unknown };

/** An authenticator of the sample's issuer. */
export const issuer = { issuer: 'https://id.test/', audiences: ['api'], jwks: { file: 'keys.json' } };
export const ok = { responses: { 200: { description: 'ok' } } };
/** A declared path parameter. */
export const parameter = (name: string): Change => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});

const sample: Change = {
  openapi: '3.1.0',
  info: { title: 'Sample API', version: '1' },
  servers: [{ url: 'https://api.test/v1' }],
  security: [{ user: [] }],
  'x-gateway': {
    backends: { main: { url: 'https://main.internal' } },
    authenticators: { user: issuer },
    defaults: { backend: 'main' },
  },
  paths: { '/a': { get: { operationId: 'getA', ...ok } } },
  components: { securitySchemes: { user: { type: 'http', scheme: 'bearer' } } },
};

/** The sample document with changes, as text. `paths` are replaced as a whole. */
export function document(changes: Change = {}): string {
  return JSON.stringify({
    ...(merge(sample, changes) as Change),
    paths: changes['paths'] ?? sample['paths'],
  });
}

/** Reads the changed sample; the key set `keys.json` is there. */
export function read(
  changes: Change = {},
  options: ReadTextOptions = {},
  files: TextFiles = {},
): Promise<ReadText> {
  return readText({ 'api.json': document(changes), 'keys.json': keySet, ...files }, options);
}

/** As `read`, for samples without errors. */
export function model(
  changes: Change = {},
  options: ReadTextOptions = {},
  files: TextFiles = {},
): Promise<Gateway> {
  return readModel({ 'api.json': document(changes), 'keys.json': keySet, ...files }, options);
}

/** One operation of a model by its id. */
export function operation(gateway: Gateway, id = 'getA'): Operation {
  const found = gateway.sites.flatMap(({ routes }) => routes.flatMap(({ operations }) => operations));
  const one = found.find((candidate) => candidate.id === id);
  if (one === undefined)
    throw new Error(`no operation ${id} among ${found.map((each) => each.id).join(', ')}`);
  return one;
}

/** A path `/a` whose GET operation `getA` has these facets. */
export function withFacets(facets: Change, more: Change = {}): Change {
  return { '/a': { get: { operationId: 'getA', ...ok, 'x-gateway': facets, ...more } } };
}

function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) merged[key] = merge(base[key], value);
  return merged;
}

function isObject(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
