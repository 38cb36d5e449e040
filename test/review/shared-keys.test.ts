import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { load, readableFolder, writeFiles } from '../support/running-gateway.ts';
import { keySet, signingKey } from '../support/tokens.ts';

const document = (path: string): string => `
openapi: 3.0.3
info: { title: Keys, version: '1' }
servers: [{ url: 'http://localhost:8080' }]
security: [{ user: [] }]
x-gateway:
  backends: { main: { url: 'http://127.0.0.1:8081' } }
  authenticators:
    user: { issuer: https://id.test/, audiences: [keys], jwks: { file: keys.json } }
  defaults: { backend: main }
paths:
  ${path}:
    get: { responses: { '200': { description: ok } } }
components: { securitySchemes: { user: { type: http, scheme: bearer } } }
`;
const keys = (kid: string): string => JSON.stringify(keySet([signingKey('ES256', kid)]));

/** Reads two documents in folders of their own, each with its `keys.json`. */
async function readBoth(one: string, other: string | undefined) {
  const root = readableFolder();
  const files = { 'a/api.yaml': document('/a'), 'a/keys.json': one, 'b/api.yaml': document('/b') };
  const all = { ...files, ...(other === undefined ? {} : { 'b/keys.json': other }) };
  writeFiles(
    root,
    Object.entries(all).map(([path, contents]) => ({ path, contents })),
  );
  try {
    return await load([join(root, 'a/api.yaml'), join(root, 'b/api.yaml')], { root });
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('documents of one gateway may each have the file of the same keys', async () => {
  const { gateway } = await readBoth(keys('k1'), keys('k1'));
  expect(gateway.authenticators).toHaveLength(1);
});

test.each([
  ['other keys under the same name', keys('k2')],
  ['no key set', '{}'],
  ['no file', undefined],
])('the keys of one document never verify the tokens of another: %s', async (_, other) => {
  await expect(readBoth(keys('k1'), other)).rejects.toThrow('MRG001');
});
