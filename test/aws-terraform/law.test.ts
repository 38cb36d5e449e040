import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { compileForAws } from '../aws/compile-for-aws.ts';
import { sessionKey, userKeys } from '../behaviour/tokens.ts';
import { keySet } from '../support/tokens.ts';
import { checkConfiguration, readConfiguration } from './check-configuration.ts';
import { evaluated } from './evaluated.ts';
import { forTerraform } from './models.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/behaviour/${name}`, import.meta.url), 'utf8');

const built = (alter: (gateway: Gateway) => Gateway) =>
  compileForAws(
    {
      'law.openapi.yaml': read('law.openapi.yaml'),
      'law.overlay.yaml': read('aws/law.overlay.yaml'),
      'user.jwks.json': JSON.stringify(keySet(Object.values(userKeys))),
      'session.jwks.json': JSON.stringify(keySet([sessionKey])),
    },
    alter,
  );

/** The body in a file of its own names other resources in another way. */
const authorizerUri = /arn:[^"]*\/invocations/g;

test('the document of the law is the same API for Terraform, operation by operation', async () => {
  const [template, configuration] = [await built((gateway) => gateway), await built(forTerraform)];
  const body = template.artifacts.find(({ path }) => path === 'openapi.json')?.contents ?? '';
  const { locals } = readConfiguration(configuration.artifacts);
  expect(checkConfiguration(readConfiguration(configuration.artifacts))).toEqual([]);
  const plain = JSON.parse(JSON.stringify(locals['rest_api_body']).replaceAll(authorizerUri, 'authorizer'));
  expect(Object.keys(plain.paths).length).toBeGreaterThan(20);
  expect(unescaped(plain)).toEqual(JSON.parse(body.replaceAll(authorizerUri, 'authorizer')));
});

function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return evaluated(value, {});
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unescaped);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [evaluated(name, {}), unescaped(one)]),
  );
}
