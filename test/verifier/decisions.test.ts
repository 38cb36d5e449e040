import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import { alternativeCases, crossSiteCases, scopeCases } from './cases/alternative-cases.ts';
import { credentialCases } from './cases/credential-cases.ts';
import { identityCases } from './cases/identity-cases.ts';
import { policyCases } from './cases/policy-cases.ts';
import type { Engine } from './engine/engine.ts';
import { engines } from './engine/engines.ts';
import { shop } from './fixture.ts';

const data = buildVerifierData(shop);
const cases = [
  ...[credentialCases, scopeCases, alternativeCases],
  ...[crossSiteCases, policyCases, identityCases],
].flat();

describe.each(engines)('$name decides who may pass', ({ start }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start(data);
  });
  afterAll(async () => engine?.stop());

  test.each(cases)('$rows $operation.id: $name', async (one) => {
    const guard = data.guardOf(one.operation);
    if (guard === undefined) throw new Error('the operation is public');
    const { status, headers } = await engine.ask(guard, one.facts(Math.floor(Date.now() / 1000)));
    expect({ status, reason: headers['gwc-reason'] }).toEqual({ status: one.status, reason: one.reason });
    for (const [name, value] of Object.entries(one.headers ?? {})) {
      expect(headers[name], name).toBe(value);
    }
  });
});
