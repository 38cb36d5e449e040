import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/order.ts';
import type { Gateway } from '../model/gateway.ts';
import { notPrintable, reparseDiffers } from '../targets/diagnostics.ts';
import { targets } from '../targets/index.ts';
import { negotiate } from '../targets/negotiate.ts';
import type { Artifact } from '../targets/target.ts';
import { compileLess } from './compile-less.ts';
import { exitCode } from './exit-code.ts';
import { type Loaded, loadGateway, type ReadingOptions } from './load.ts';
import { checkOutput } from './output/check-output.ts';
import { writeOutput } from './output/write-output.ts';
import { printFindings } from './print-findings.ts';
import type { Terminal } from './terminal.ts';

export interface BuildOptions extends ReadingOptions {
  readonly target?: string;
  readonly output: string;
  readonly check?: true;
  readonly verify?: true;
  readonly force?: true;
  readonly resolve?: true;
}

/** Compiles documents for each chosen target. A target with an error gets nothing written; the others do. */
export async function build(
  specs: readonly string[],
  options: BuildOptions,
  terminal: Terminal,
): Promise<number> {
  const chosen = choose(options.target, terminal);
  if (chosen === undefined) return exitCode.usage;
  if (options.output === '') {
    terminal.err('gwc: --output names no folder\n');
    return exitCode.usage;
  }
  compileLess();
  const loaded = await loadPinned(specs, options);
  const found: Diagnostic[] = [...loaded.diagnostics];
  const written: string[] = [];
  if (loaded.gateway !== undefined) {
    for (const target of chosen) {
      const emitted = emit(loaded.gateway, target);
      found.push(...emitted.diagnostics);
      if (hasErrors(emitted.diagnostics)) continue;
      const folder = [options.output, ...(options.env === undefined ? [] : [options.env]), target.name].join(
        '/',
      );
      const outcome = await finish(folder, emitted.artifacts, {
        target,
        gateway: loaded.gateway,
        loaded,
        options,
        terminal,
      });
      found.push(...outcome);
      if (!hasErrors(outcome)) written.push(folder);
    }
  }
  await printFindings(found, loaded.documents.locate satisfies Locate, options.format, terminal);
  if (loaded.unreadable) return exitCode.unreadable;
  if (hasErrors(found)) return exitCode.findings;
  for (const folder of written)
    terminal.err(options.check === true ? `${folder} is up to date\n` : `wrote ${folder}\n`);
  return exitCode.fine;
}

/** With `--resolve` issuers are asked where their keys are; otherwise the lock file says it, and nobody is asked. */
async function loadPinned(specs: readonly string[], options: BuildOptions): Promise<Loaded> {
  if (options.resolve === true) {
    const { loadResolved } = await import('./resolve/load-resolved.ts');
    return loadResolved(specs, options);
  }
  const loaded = await loadGateway(specs, options);
  if (options.check !== true || loaded.gateway === undefined) return loaded;
  const { checkLock } = await import('./resolve/load-resolved.ts');
  return { ...loaded, diagnostics: [...loaded.diagnostics, ...checkLock(loaded, options)] };
}

type KnownTarget = (typeof targets)[number];

function choose(names: string | undefined, terminal: Terminal): readonly KnownTarget[] | undefined {
  if (names === undefined) return targets;
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !targets.some((target) => target.name === name));
  if (unknown === undefined) return targets.filter((target) => wanted.includes(target.name));
  terminal.err(
    `gwc: unknown target "${unknown}"; this version builds ${targets.map((target) => target.name).join(', ')}\n`,
  );
  return undefined;
}

/** From the model to files in memory: negotiated, emitted, read back. */
export function emit(
  gateway: Gateway,
  target: KnownTarget,
): { readonly artifacts: readonly Artifact[]; readonly diagnostics: readonly Diagnostic[] } {
  const { lowered, diagnostics } = negotiate(gateway, target);
  if (hasErrors(diagnostics)) return { artifacts: [], diagnostics };
  const artifacts = printed(gateway, target, lowered);
  if ('diagnostics' in artifacts)
    return { artifacts: [], diagnostics: [...diagnostics, ...artifacts.diagnostics] };
  const differences = target
    .reparse(gateway, artifacts)
    .map((difference) =>
      diagnostic(reparseDiffers, undefined, { title: target.title, difference }, { target: target.name }),
    );
  return { artifacts, diagnostics: [...diagnostics, ...differences] };
}

/** Encoders refuse what their position cannot hold with a `RangeError`; any other exception is a bug. */
function printed(
  gateway: Gateway,
  target: KnownTarget,
  lowered: Parameters<KnownTarget['emit']>[1],
): readonly Artifact[] | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return target.emit(gateway, lowered);
  } catch (error) {
    if (!(error instanceof RangeError) || error.message.includes('call stack')) throw error;
    const facts = { title: target.title, reason: error.message };
    return { diagnostics: [diagnostic(notPrintable, undefined, facts, { target: target.name })] };
  }
}

interface Job {
  readonly target: KnownTarget;
  readonly gateway: Gateway;
  readonly loaded: Loaded;
  readonly options: BuildOptions;
  readonly terminal: Terminal;
}

/** Has the result judged by others when asked to, then writes it, or with `--check` compares it. */
async function finish(
  folder: string,
  artifacts: readonly Artifact[],
  { target, gateway, loaded, options, terminal }: Job,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  if (options.verify === true) {
    const { verifyOutput } = await import('./verify-output.ts');
    const verified = await verifyOutput(gateway, loaded.documents, (model) => emit(model, target), terminal);
    found.push(...verified);
    if (hasErrors(verified)) return found;
  }
  const facts = { sources: loaded.documents.files, version: terminal.version };
  const outcome =
    options.check === true
      ? checkOutput(folder, artifacts, facts)
      : writeOutput(folder, artifacts, facts, { force: options.force === true });
  return [...found, ...outcome];
}
