import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Algorithm } from '../../src/model/authentication.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { KeyData } from '../../src/targets/nginx/verifier/guard-data.ts';
import { keyData } from '../../src/targets/nginx/verifier/key-data.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadNjs } from './engine/node-engine.ts';
import { algorithms, shop } from './fixture.ts';
import { missing, publishedSignatures } from './published-signatures.ts';

const all = publishedSignatures.map(({ keys, ...rest }) => ({
  ...rest,
  keys: keys.map((key) => keyData(key, algorithms satisfies readonly Algorithm[])),
}));

describe.skipIf(missing !== undefined)(
  `published signatures${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let nginx: NginxEngine;
    beforeAll(async () => {
      nginx = await nginxEngine(buildVerifierData(shop));
    });
    afterAll(async () => nginx?.stop());

    test('there are enough of both kinds', () => {
      expect(all.filter(({ valid }) => valid).length).toBeGreaterThan(30);
      expect(all.filter(({ valid }) => !valid).length).toBeGreaterThan(300);
    });

    test('njs accepts exactly those that hold, with the payload as signed', async () => {
      const found = await nginx.call(
        'verifyCompact',
        all.map(({ token, keys }) => ({ token, keys })),
      );
      expect(verdicts(found)).toEqual(expected);
    });

    test('Node accepts exactly those that hold', async () => {
      const njs = await loadNjs('keys.js');
      const verifyCompact = njs['verifyCompact'] as (
        token: string,
        keys: readonly KeyData[],
      ) => Promise<Buffer | undefined>;
      const found: unknown[] = [];
      for (const { token, keys } of all)
        found.push((await verifyCompact(token, keys))?.toString('base64url') ?? null);
      expect(verdicts(found)).toEqual(expected);
    });
  },
);

const expected = all.map(({ name, token, valid }) => `${name}: ${valid ? token.split('.')[1] : 'refused'}`);
const verdicts = (found: unknown): readonly string[] =>
  (found as readonly (string | null)[]).map(
    (payload, index) => `${all[index]?.name}: ${payload ?? 'refused'}`,
  );
