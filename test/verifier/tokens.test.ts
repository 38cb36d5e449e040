import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { Guard } from '../../src/targets/nginx/verifier/guard.ts';
import { partyCases, timeCases } from './cases/claim-cases.ts';
import { documentCases, shapeCases } from './cases/document-cases.ts';
import { algorithmCases, keyCases } from './cases/header-cases.ts';
import { signatureCases } from './cases/signature-cases.ts';
import type { Engine } from './engine/engine.ts';
import { engines } from './engine/engines.ts';
import { operations, shop } from './fixture.ts';

const data = buildVerifierData(shop);
const tokenCases = [
  ...[algorithmCases, keyCases, timeCases, partyCases],
  ...[shapeCases, documentCases, signatureCases],
].flat();

describe.each(engines)('$name refuses every token that does not hold', ({ start }) => {
  let engine: Engine;
  let guard: Guard;
  beforeAll(async () => {
    engine = await start(data);
    const found = data.guardOf(operations.plain);
    if (found === undefined) throw new Error('the operation is public');
    guard = found;
  });
  afterAll(async () => engine?.stop());

  test.each(tokenCases)('$rows $name', async ({ token, valid }) => {
    const now = Math.floor(Date.now() / 1000);
    const facts = { authorization: Buffer.from(`Bearer ${token(now)}`).toString('latin1') };
    const { status, headers } = await engine.ask(guard, facts);
    expect({ status, reason: headers['gwc-reason'] }).toEqual(
      valid ? { status: 204, reason: 'ok' } : { status: 401, reason: 'invalid-token' },
    );
    if (!valid) expect(headers['gwc-challenge']).toBe('Bearer realm="shop", error="invalid_token"');
  });
});
