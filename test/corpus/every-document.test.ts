import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import { startBackend } from '../support/backend.ts';
import { startNginx } from '../support/nginx.ts';
import { freePorts } from '../support/ports.ts';
import { readableFolder } from '../support/running-gateway.ts';
import { decided } from './bindings.ts';
import { errorLog, loadDocument, writeConfiguration } from './build-document.ts';
import { apiKey } from './credentials.ts';
import { type Decision, decisions } from './decisions.ts';
import { corpusDocuments, hasCorpus } from './manifest.ts';
import { requestsFor } from './requests.ts';
import { sendRequests } from './send-requests.ts';
import { vendorDocument } from './vendor-document.ts';

const folder = readableFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const documents = corpusDocuments();

describe.skipIf(!hasCorpus)(
  'real documents become gateways that run (skipped without the shared corpus)',
  () => {
    test('decisions are about documents of the corpus', () => {
      expect(documents).toHaveLength(36);
      const files = documents.map(({ file }) => file);
      expect(Object.keys(decisions).filter((file) => !files.includes(file))).toEqual([]);
    });

    test.each(documents)('$file', async ({ file, operations: listed }) => {
      const decision: Decision = decisions[file] ?? {};
      const { swagger, ...vendor } = vendorDocument(file);
      const document = decided({ swagger, ...vendor }, decision.tokens ?? []);
      // The manifest's count leaves out the operation behind one path item's reference.
      expect(vendor.operations).toHaveLength(listed + (file === 'readme/server-path-level.yaml' ? 1 : 0));
      const work = join(folder, file.replaceAll('/', '-'));
      mkdirSync(work);
      const [front = 0, verifier = 0] = await freePorts(2);
      const backend = await startBackend({
        answer: ({ method, target }) => ({ status: 200, headers: [['X-Seen', `${method} ${target}`]] }),
      });
      try {
        const ports = { front, verifier, backend: backend.port };
        const loaded = await loadDocument(file, { swagger, document, decision }, work, ports);
        const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
        const text = printPretty(errors, loaded.documents.locate, false);
        expect(errors.map(({ code }) => code).sort(), text).toEqual(decision.refused?.codes ?? []);
        for (const { at } of loaded.diagnostics) expect(at && loaded.documents.locate(at)).toBeDefined();
        const { gateway } = loaded;
        if (gateway === undefined) return;

        const leftOut = Object.keys(decision.leftOut ?? {});
        const built = vendor.operations.filter(
          ({ method, template }) => !leftOut.includes(`${method} ${template}`),
        );
        expect(built).toHaveLength(vendor.operations.length - leftOut.length);
        const routed = gateway.sites.flatMap(({ routes }) =>
          routes.flatMap(({ template, operations }) =>
            operations.map(({ at }) => `${template} ${at.file}#${at.pointer}`),
          ),
        );
        const servedAsOne = loaded.diagnostics.filter(({ code }) => code === 'RTE005').length;
        expect(new Set(routed).size + servedAsOne).toBe(built.length);

        const output = join(work, 'nginx');
        writeConfiguration({ ...loaded, gateway }, output);
        const nginx = await startNginx({ folder: output, ports: [front, verifier] });
        try {
          const now = Math.floor(Date.now() / 1000);
          const requests = requestsFor(built, document, decision.server, now);
          expect(await sendRequests(requests, front)).toEqual([]);
          const forwarded = requests.filter(({ outcome }) => outcome.kind === 'forwarded');
          expect(backend.requests).toHaveLength(forwarded.length);
          expect(backend.requests.filter(({ bytes }) => bytes.includes(apiKey))).toEqual([]);
          expect(nginx.stderr()).toBe('');
          expect(errorLog(output)).toBe('');
        } finally {
          await nginx.stop();
        }
      } finally {
        await backend.stop();
      }
    });
  },
);
