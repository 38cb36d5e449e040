import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/order.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isUnreadable } from '../source/index.ts';
import type { KnownTarget } from '../targets/compile.ts';
import { targets } from '../targets/index.ts';
import { type BuildingOptions, type Built, buildGateway, type Job } from './build-gateway.ts';
import { compileLess } from './compile-less.ts';
import {
  type Selected,
  type SelectingOptions,
  type Selection,
  selectGateways,
} from './configuration/select-gateways.ts';
import { withoutUsedElsewhere } from './configuration/unused-names.ts';
import { exitCode } from './exit-code.ts';
import { environmentsOf, type ReadSources } from './load.ts';
import { printFindings } from './print-findings.ts';
import { readOnce } from './read-once.ts';
import { surveyGateways } from './survey-gateways.ts';
import type { Terminal } from './terminal.ts';

export interface BuildOptions extends BuildingOptions, SelectingOptions {
  readonly target?: string;
  readonly output: string;
  /** Every environment that the blocks declare, in place of `env`. */
  readonly allEnvs?: true;
}

/**
 * Compiles documents, or the gateways of the configuration, for each chosen environment and target, into
 * `<output>/[<gateway>/][<environment>/]<target>`. What has an error is not written; the rest is.
 */
export async function build(
  specs: readonly string[],
  options: BuildOptions,
  terminal: Terminal,
): Promise<number> {
  const chosen = options.target === undefined ? undefined : choose(options.target, terminal);
  if (chosen === 'unknown') return exitCode.usage;
  const misuse = misuseOf(options);
  if (misuse !== undefined) {
    terminal.err(`gwc: ${misuse}\n`);
    return exitCode.usage;
  }
  const selected = await selectGateways(specs, options, terminal);
  if (selected.kind === 'failed') return selected.exitCode;
  compileLess();
  const first = readOnce();
  const jobs: Job[] = [];
  for (const selection of selected.selections) {
    jobs.push(...(await jobsOf(selection, chosen, options, first, terminal)));
  }
  const resolved = options.resolve === true ? await resolve(jobs, selected, options, first) : nothingAsked;
  // Resolving writes a file that was read.
  const read = options.resolve === true ? readOnce() : first;
  const all: Built[] = [];
  if (!hasErrors(resolved.diagnostics)) for (const job of jobs) all.push(await buildGateway(job, read));
  const judged = [...resolved.diagnostics, ...all.flatMap(({ diagnostics }) => diagnostics)];
  const lock =
    options.resolve !== true && options.check === true ? await check(jobs, selected, options, read) : [];
  const found = await withoutUsedElsewhere([...judged, ...lock], selected, options, read);
  const locate = locateIn([selected.locate, ...resolved.locate, ...all.map((one) => one.locate)]);
  await printFindings(found, locate, options.format, terminal);
  if (found.some(isUnreadable)) return exitCode.unreadable;
  for (const { path, changed } of all.flatMap(({ folders }) => folders)) {
    if (changed) terminal.err(`wrote ${path}\n`);
    else if (!hasErrors(found)) terminal.err(`${path} is up to date\n`);
  }
  return hasErrors(found) ? exitCode.findings : exitCode.fine;
}

function choose(names: string, terminal: Terminal): readonly KnownTarget[] | 'unknown' {
  const known = targets.map((target) => target.name);
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !known.some((one) => one === name));
  if (unknown === undefined) return targets.filter((target) => wanted.includes(target.name));
  const hint = didYouMean(unknown, known);
  terminal.err(`gwc: unknown target "${unknown}".${hint} This version builds ${known.join(', ')}\n`);
  return 'unknown';
}

function misuseOf({ output, env, allEnvs }: BuildOptions): string | undefined {
  if (output === '') return '--output names no folder';
  if (allEnvs === true && env !== undefined) return 'choose --env or --all-envs, not both';
  return namesOf(env)?.includes('') === true ? '--env names no environment' : undefined;
}

function namesOf(env: string | undefined): readonly string[] | undefined {
  return env === undefined ? undefined : [...new Set(env.split(',').map((name) => name.trim()))];
}

/** One gateway in each chosen environment. */
async function jobsOf(
  selection: Selection,
  targets: readonly KnownTarget[] | undefined,
  options: BuildOptions,
  read: ReadSources,
  terminal: Terminal,
): Promise<readonly Job[]> {
  const { specs, optionsFor, check } = selection;
  return (await environments(selection, options, read)).map((env) => {
    const folder = [options.output, selection.folder, env].filter((part) => part !== undefined);
    return {
      specs,
      options: optionsFor(options, env),
      folderOf: ({ name }) => [...folder, name].join('/'),
      targets,
      check,
      terminal,
    };
  });
}

/** The base alone where no environment is chosen, and where there is none. */
async function environments(
  { specs, optionsFor }: Selection,
  options: BuildOptions,
  read: ReadSources,
): Promise<readonly (string | undefined)[]> {
  if (options.allEnvs !== true) return namesOf(options.env) ?? [undefined];
  const declared = environmentsOf(await read(specs, optionsFor(options, undefined)));
  return declared.length === 0 ? [undefined] : declared;
}

type SelectedGateways = Extract<Selected, { kind: 'selected' }>;

const nothingAsked: { readonly diagnostics: readonly Diagnostic[]; readonly locate: readonly Locate[] } = {
  diagnostics: [],
  locate: [],
};

/** With `--resolve` issuers are asked where their keys are, before anything is built. */
async function resolve(
  jobs: readonly Job[],
  { every }: SelectedGateways,
  options: BuildOptions,
  read: ReadSources,
): Promise<typeof nothingAsked> {
  const { resolveLock } = await import('./resolve/resolve-lock.ts');
  const survey = () => surveyGateways(every(), options, read);
  return resolveLock(jobs, { check: options.check === true, read, survey });
}

/** Without, the lock file is judged, and nobody is asked. */
async function check(
  jobs: readonly Job[],
  { every }: SelectedGateways,
  options: BuildOptions,
  read: ReadSources,
): Promise<readonly Diagnostic[]> {
  const { checkLock } = await import('./resolve/resolve-lock.ts');
  return checkLock(jobs, { read, survey: () => surveyGateways(every(), options, read) });
}

/** Gateways that share files name them alike. */
function locateIn(all: readonly Locate[]): Locate {
  return (place) => {
    for (const locate of all) {
      const found = locate(place);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
