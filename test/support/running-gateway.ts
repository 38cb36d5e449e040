import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Loaded, loadGateway, type ReadingOptions } from '../../src/commands/load.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { type RunningNginx, startNginx } from './nginx.ts';
import { forTestedNginx, withJsEngine } from './tested-nginx.ts';

/** Files by name; the first one is the document. */
export type Files = Readonly<Record<string, string>>;

export interface Compiled {
  readonly gateway: Gateway;
  readonly artifacts: readonly Artifact[];
}

/** A new folder that nginx's workers, who are somebody else, can read. */
export function readableFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Reads documents from disk up to the model, for the nginx under test; throws with the findings when there is an error. */
export async function load(
  specs: readonly string[],
  options: Partial<ReadingOptions> = {},
): Promise<Loaded & { readonly gateway: Gateway }> {
  const loaded = await loadGateway(specs, { format: 'pretty', ...options });
  const { gateway } = loaded;
  if (gateway === undefined) throw new Error(printPretty(loaded.diagnostics, loaded.documents.locate, false));
  return { ...loaded, gateway: forTestedNginx(gateway) };
}

/** The NGINX output of a model; throws with the findings when there is an error. */
export function compile(loaded: Loaded & { readonly gateway: Gateway }): Compiled {
  const { artifacts, diagnostics } = emit(loaded.gateway, nginx);
  if (hasErrors(diagnostics)) throw new Error(printPretty(diagnostics, loaded.documents.locate, false));
  return { gateway: loaded.gateway, artifacts };
}

/** Writes files as they are, making folders as needed. */
export function writeFiles(folder: string, files: readonly Artifact[]): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.contents);
  }
}

export interface RunningGateway extends Compiled {
  readonly folder: string;
  readonly nginx: RunningNginx;
  /** The lines of the access log so far. */
  readonly log: () => readonly Record<string, unknown>[];
  readonly stop: () => Promise<void>;
}

/** What a test changes on the way from the document to the folder, to sabotage it or to add certificates. */
export interface Alteration {
  readonly alterModel?: (gateway: Gateway) => Gateway;
  readonly alter?: (artifacts: readonly Artifact[]) => readonly Artifact[];
}

/**
 * Builds a document for NGINX and starts what was emitted, unchanged. `ports`: what must answer before it resolves.
 */
export async function startGateway(
  files: Files,
  ports: readonly number[],
  options: Partial<ReadingOptions> & Alteration = {},
): Promise<RunningGateway> {
  const folder = readableFolder();
  const { alter = (artifacts) => artifacts, alterModel = (gateway) => gateway, ...reading } = options;
  try {
    const source = join(folder, 'source');
    writeFiles(
      source,
      Object.entries(files).map(([path, contents]) => ({ path, contents })),
    );
    const loaded = await load([join(source, Object.keys(files)[0] ?? '')], { root: source, ...reading });
    const compiled = compile({ ...loaded, gateway: alterModel(loaded.gateway) });
    const output = join(folder, 'nginx');
    writeFiles(output, withJsEngine(alter(compiled.artifacts)));
    const running = await startNginx({ folder: output, ports });
    return {
      ...compiled,
      folder: output,
      nginx: running,
      log: () =>
        readFileSync(join(output, 'logs/access.log'), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line)),
      stop: async () => {
        await running.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
