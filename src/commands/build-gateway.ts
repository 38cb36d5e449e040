import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/order.ts';
import type { Gateway } from '../model/gateway.ts';
import type { KnownTarget } from '../targets/compile.ts';
import { targets } from '../targets/index.ts';
import type { Artifact } from '../targets/target.ts';
import {
  environmentsOf,
  type Loaded,
  loadGateway,
  type Reading,
  type ReadingOptions,
  type ReadSources,
} from './load.ts';
import { checkOutput } from './output/check-output.ts';
import { writeOutput } from './output/write-output.ts';
import { sourceFiles } from './source-files.ts';
import type { Terminal } from './terminal.ts';

/** How a gateway is built, whatever it is made from. */
export interface BuildingOptions extends ReadingOptions {
  readonly check?: true;
  readonly verify?: true;
  readonly force?: true;
  readonly resolve?: true;
}

/** One gateway in one environment. */
export interface Job extends Reading {
  readonly options: BuildingOptions;
  /** The folder of each target. */
  readonly folderOf: (target: KnownTarget) => string;
  /** Those that were asked for; undefined for those that the documents name, or every one. */
  readonly targets: readonly KnownTarget[] | undefined;
  /** What else must hold of the environments that the blocks declare. */
  readonly check: (declared: readonly string[]) => readonly Diagnostic[];
  readonly terminal: Terminal;
}

export interface Built {
  readonly diagnostics: readonly Diagnostic[];
  /** Folders without errors, and whether something in them changed. */
  readonly folders: readonly { readonly path: string; readonly changed: boolean }[];
  readonly locate: Locate;
}

/** Compiles one gateway for each target. A target with an error gets nothing written; the others do. */
export async function buildGateway(job: Job, read: ReadSources): Promise<Built> {
  const loaded = await loadGateway(job.specs, job.options, read);
  const checked = loaded.unreadable ? [] : job.check(environmentsOf(loaded));
  const found: Diagnostic[] = [...loaded.diagnostics, ...checked];
  const folders: Built['folders'][number][] = [];
  const { gateway } = loaded;
  for (const target of job.targets ?? namedTargets(gateway)) {
    if (gateway === undefined || hasErrors(checked)) break;
    const emitted = target.compile(gateway);
    found.push(...emitted.diagnostics);
    if (hasErrors(emitted.diagnostics)) continue;
    const path = job.folderOf(target);
    const outcome = await finish(path, emitted.artifacts, { ...job, target, gateway, loaded });
    found.push(...outcome.diagnostics);
    if (!hasErrors(outcome.diagnostics)) folders.push({ path, changed: outcome.changed });
  }
  return {
    diagnostics: found,
    folders,
    locate: loaded.documents.locate,
  };
}

/** Documents that name no target are built for every one. */
function namedTargets(gateway: Gateway | undefined): readonly KnownTarget[] {
  const named = gateway?.namedTargets ?? [];
  return named.length === 0 ? targets : targets.filter(({ name }) => named.includes(name));
}

interface Emitted extends Job {
  readonly target: KnownTarget;
  readonly gateway: Gateway;
  readonly loaded: Loaded;
}

interface Finished {
  readonly diagnostics: readonly Diagnostic[];
  readonly changed: boolean;
}

/** Has the result judged by others when asked to, then writes it, or with `--check` compares it. */
async function finish(
  folder: string,
  artifacts: readonly Artifact[],
  { target, gateway, loaded, options, terminal }: Emitted,
): Promise<Finished> {
  const found: Diagnostic[] = [];
  if (options.verify === true) {
    const { verifyOutput } = await import('./verify-output.ts');
    const verified = await verifyOutput(gateway, loaded.documents, target, terminal);
    found.push(...verified);
    if (hasErrors(verified)) return { diagnostics: found, changed: false };
  }
  const facts = { sources: sourceFiles(loaded, options), version: terminal.version };
  const differences = checkOutput(folder, artifacts, facts);
  if (options.check === true) return { diagnostics: [...found, ...differences], changed: false };
  const outcome = writeOutput(folder, artifacts, facts, { force: options.force === true });
  return { diagnostics: [...found, ...outcome], changed: differences.length > 0 };
}
