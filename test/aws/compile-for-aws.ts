import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGateway } from '../../src/commands/load.ts';
import { type Diagnostic, hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { type Compiled, type Files, writeFiles } from '../support/running-gateway.ts';

export interface CompiledForAws extends Compiled {
  readonly diagnostics: readonly Diagnostic[];
}

/** The AWS output of files, the first of which is the document and those that end in `overlay.yaml` its overlays. */
export async function compileForAws(
  files: Files,
  alterModel: (gateway: Gateway) => Gateway = (gateway) => gateway,
): Promise<CompiledForAws> {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  try {
    writeFiles(
      folder,
      Object.entries(files).map(([path, contents]) => ({ path, contents })),
    );
    const [document = '', ...others] = Object.keys(files).map((name) => join(folder, name));
    const overlay = others.filter((name) => name.endsWith('overlay.yaml'));
    const loaded = await loadGateway([document], { format: 'pretty', root: folder, overlay });
    const say = (diagnostics: readonly Diagnostic[]): Error =>
      new Error(printPretty(diagnostics, loaded.documents.locate, false));
    if (loaded.gateway === undefined) throw say(loaded.diagnostics);
    const gateway = alterModel(loaded.gateway);
    const { artifacts, diagnostics } = compile(gateway, aws);
    if (hasErrors(diagnostics)) throw say(diagnostics);
    return { gateway, artifacts, diagnostics };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
