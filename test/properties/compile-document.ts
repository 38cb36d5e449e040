import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGateway } from '../../src/commands/load.ts';
import { type Diagnostic, hasErrors } from '../../src/diagnostics/diagnostic.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { reparseDiffers } from '../../src/targets/diagnostics.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { writeFiles } from '../support/running-gateway.ts';
import { keySet, signingKey } from '../support/tokens.ts';

/** What a document became. `artifacts` is empty where an error refused it. */
export interface CompiledDocument {
  readonly gateway: Gateway | undefined;
  readonly artifacts: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
}

const keys = JSON.stringify(keySet([signingKey('ES256', 'same')]));

/** Compiles a document, given as a value, for NGINX. Throws where the target misprints what was meant. */
export async function compileDocument(document: unknown): Promise<CompiledDocument> {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  try {
    writeFiles(folder, [
      { path: 'openapi.json', contents: JSON.stringify(document) },
      ...['user', 'session', 'issuer'].map((name) => ({ path: `${name}.jwks.json`, contents: keys })),
    ]);
    const loaded = await loadGateway([join(folder, 'openapi.json')], { root: folder, format: 'pretty' });
    if (loaded.gateway === undefined)
      return { gateway: undefined, artifacts: [], diagnostics: loaded.diagnostics };
    const { artifacts, diagnostics } = emit(loaded.gateway, nginx);
    const misprinted = diagnostics.find(({ code }) => code === reparseDiffers.code);
    if (misprinted !== undefined) throw new Error(misprinted.message);
    return {
      gateway: loaded.gateway,
      artifacts: hasErrors(diagnostics) ? [] : artifacts,
      diagnostics: [...loaded.diagnostics, ...diagnostics],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
