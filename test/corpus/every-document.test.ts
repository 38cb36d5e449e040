import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Loaded } from '../../src/commands/load.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import { readableFolder } from '../support/running-gateway.ts';
import { loadDocument } from './build-document.ts';
import { decisions } from './decisions.ts';
import { corpusDocuments, hasCorpus } from './manifest.ts';
import { openDocument, runDocument } from './run-document.ts';

const folder = readableFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const documents = corpusDocuments();
const folderOf = (file: string): string => join(folder, file.replaceAll('/', '-'));

function expectErrors({ diagnostics, documents }: Loaded, expected: readonly string[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const text = printPretty(errors, documents.locate, false);
  expect(errors.map(({ code }) => code).sort(), text).toEqual(expected);
  for (const { at } of diagnostics) expect(at && documents.locate(at)).toBeDefined();
}

const count = ({ diagnostics }: Loaded, kind: string): number =>
  diagnostics.filter(({ code }) => code === kind).length;

describe.skipIf(!hasCorpus)('decisions about real documents (skipped without the shared corpus)', () => {
  test('are about documents of the corpus', () => {
    expect(documents).toHaveLength(36);
    const files = documents.map(({ file }) => file);
    expect(Object.keys(decisions).filter((file) => !files.includes(file))).toEqual([]);
  });

  const needed = hasCorpus ? Object.keys(decisions).filter((file) => decisions[file]?.overlay) : [];
  test.each(needed)('are needed: %s', async (file) => {
    const document = openDocument(file);
    const work = `${folderOf(file)}-undecided`;
    mkdirSync(work);
    const loaded = await loadDocument(document, work, { front: 8080, verifier: 8090, backend: 8081 }, true);
    expectErrors(loaded, document.decision.overlay?.answers ?? []);
  });
});

describe.skipIf(!hasCorpus)('real documents are served by nginx (skipped without the shared corpus)', () => {
  test.each(documents)('$file', async ({ file, operations: listed }) => {
    const document = openDocument(file);
    const { decision, operations, served } = document;
    // The manifest's count leaves out the operation behind one path item's reference.
    expect(operations).toHaveLength(listed + (file === 'readme/server-path-level.yaml' ? 1 : 0));
    expect(served).toHaveLength(operations.length - Object.keys(decision.leftOut ?? {}).length);

    const { loaded, wrong } = await runDocument(document, folderOf(file));
    expectErrors(loaded, decision.refused?.codes ?? []);
    // Neither an option that does nothing (SRV005) nor something declared that nobody uses (REF002).
    if (decision.refused === undefined) expect(count(loaded, 'SRV005') + count(loaded, 'REF002')).toBe(0);
    expect(wrong).toEqual([]);
    const routed = (loaded.gateway?.sites ?? []).flatMap(({ routes }) =>
      routes.flatMap(({ template, operations }) =>
        operations.map(({ at }) => `${template} ${at.file}#${at.pointer}`),
      ),
    );
    expect(new Set(routed).size + count(loaded, 'RTE005')).toBe(served.length);
  });
});
