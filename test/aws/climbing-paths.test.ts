import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import { type AwsLaw, startAwsLaw } from './aws-law.ts';

/** The law's document without anything else that a web ACL would be there for. */
const plain = (gateway: Gateway): Gateway => ({
  ...gateway,
  sites: gateway.sites.map((site) => ({
    ...site,
    routes: site.routes.map((route) => ({
      ...route,
      operations: route.operations.map((one) => ({
        ...one,
        features: { ...one.features, limits: undefined, ipAccess: undefined },
      })),
    })),
  })),
});

let law: AwsLaw;
beforeAll(async () => {
  law = await startAwsLaw({ alterModel: plain });
});
afterAll(async () => law?.stop());

// A value of a path variable is written into the address of the back end, decoded (P1, P2, P3, P5, P8, P9).
test.each([
  '/v1/rest/../admin',
  '/v1/rest/%2e%2e/admin',
  '/v1/rest/a/../../admin',
  '/v1/rest//admin',
  '/v1/rest/..;/admin',
  '/v1/rest/a%2F..%2F..%2Fadmin',
  '/v1/rest/..%5cadmin',
  '/v1/rest/%252e%252e%252fadmin',
  '/v1/files/..%2Fadmin',
])('no variable climbs out of its operation: %s', async (target) => {
  for (const backend of law.backends.values()) backend.forget();
  const bytes = requestBytes(`GET ${target} HTTP/1.1`, [['Host', 'api.law.test']]);
  const response = await exchange({ port: law.port }, bytes);
  expect([...law.backends.values()].flatMap(({ requests }) => requests)).toEqual([]);
  expect(response.status).toBe(400);
});

test('what is canonical is served', async () => {
  const bytes = requestBytes('GET /v1/rest/a/b HTTP/1.1', [['Host', 'api.law.test']]);
  expect((await exchange({ port: law.port }, bytes)).status).toBe(200);
});
