import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadGateway } from '../../src/commands/load.ts';
import { decide } from '../../src/decide/index.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { requestBytes } from '../support/raw-http.ts';
import { credentials, prepare } from './prepare.ts';
import { probesOf } from './probes.ts';
import { hasCorpus, realDocuments, vendorOperations } from './real-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasCorpus)(
  'real documents route as their vendors wrote them (skipped without the corpus)',
  () => {
    describe.each(hasCorpus ? realDocuments : [])('$name', (document) => {
      const now = 1_800_000_000;
      const all = probesOf(document);
      const tokens = credentials(document, vendorOperations(document), now);
      let gateway: Gateway | undefined;

      test('becomes a model without errors', async () => {
        const { spec, overlay } = prepare(document, join(folder, document.name), new Map());
        const loaded = await loadGateway([spec], { format: 'pretty', overlay: [overlay] });
        expect(loaded.gateway, printPretty(loaded.diagnostics, loaded.documents.locate, false)).toBeDefined();
        gateway = loaded.gateway;
        expect(all).toHaveLength(document.operations);
      });

      test.each(all)('$title', ({ probes, id }) => {
        if (gateway === undefined) throw new Error('there is no model');
        for (const { name, method, host, target, credential, outcome } of probes) {
          const bytes = requestBytes(`${method} ${target} HTTP/1.1`, [
            ['Host', `${host}:18080`],
            ...tokens[credential],
          ]);
          const arrival = {
            listener: 'http',
            port: 18080,
            serverName: undefined,
            peer: '127.0.0.1',
            bytes,
          } as const;
          const decision = decide(gateway, arrival, { now });
          if (outcome.kind === 'forwarded') {
            const { backend, target: upstream, method: sent } = decision.forwarded ?? {};
            expect([backend, sent, upstream], `${name}: ${decision.reason}`).toEqual([
              ...[outcome.backend, method, outcome.target],
            ]);
            expect(decision.operation).toBe(id);
          } else {
            expect(decision.forwarded, name).toBeUndefined();
            expect(decision.status, `${name}: ${decision.reason}`).toBe(
              outcome.kind === 'refused' ? outcome.status : 405,
            );
            const allow = decision.headers.find(([header]) => header === 'Allow')?.[1].split(', ');
            if (outcome.kind === 'not allowed') expect(allow?.sort(), name).toEqual(outcome.allow);
          }
        }
      });
    });
  },
);
