import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseStrictObject } from '../../src/decide/json-strict.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadNjs } from './engine/node-engine.ts';
import { shop } from './fixture.ts';

const suite = new URL('../../../shared/vectors/json-test-suite/test_parsing/', import.meta.url);
const missing = existsSync(suite) ? undefined : '../shared/vectors/json-test-suite is not there';

/** Well-formed for JSON, but not for a token: the keys occur twice, or the text is nested too deep to be honest. */
const refusedOnPurpose = new Set(['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json']);

interface Text {
  readonly file: string;
  /** The text as a member of an object, because tokens hold objects only. */
  readonly bytes: Buffer;
}
const texts: readonly Text[] =
  missing === undefined
    ? readdirSync(suite)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => ({
          file,
          bytes: Buffer.concat([
            Buffer.from('{"v":'),
            readFileSync(new URL(encodeURIComponent(file), suite)),
            Buffer.from('}'),
          ]),
        }))
    : [];

describe.skipIf(missing !== undefined)(
  `JSONTestSuite${missing === undefined ? '' : ` (skipped: ${missing})`}: tokens are read in one way (J18)`,
  () => {
    let nginx: NginxEngine;
    beforeAll(async () => {
      nginx = await nginxEngine(buildVerifierData(shop));
    });
    afterAll(async () => nginx?.stop());

    test('every valid text is accepted and every invalid one refused', async () => {
      const readObject = (await loadNjs('json.js'))['readObject'] as (bytes: Buffer) => unknown;
      const wrong = texts.filter(({ file, bytes }) => {
        const accepted = readObject(bytes) !== undefined;
        if (file.startsWith('i_')) return false;
        return accepted !== (file.startsWith('y_') && !refusedOnPurpose.has(file));
      });
      expect(wrong.map(({ file }) => file)).toEqual([]);
      expect(texts.length).toBeGreaterThan(300);
    });

    test('nginx, Node and the reference read the same values', async () => {
      const readObject = (await loadNjs('json.js'))['readObject'] as (bytes: Buffer) => unknown;
      const found = (await nginx.call(
        'readObject',
        texts.map(({ bytes }) => bytes.toString('base64')),
      )) as readonly unknown[];
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
      const of = (values: readonly unknown[]): unknown => texts.map(({ file }, i) => [file, values[i]]);
      const reference = of(texts.map(({ bytes }) => plain(parseStrictObject(bytes))));
      expect(of(texts.map(({ bytes }) => plain(readObject(bytes))))).toEqual(reference);
      expect(of(found)).toEqual(reference);
    });
  },
);
