import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/order.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isUnreadable } from '../source/index.ts';
import { targets } from '../targets/index.ts';
import { type BuildingOptions, type Built, buildGateway } from './build-gateway.ts';
import { compileLess } from './compile-less.ts';
import { type SelectingOptions, type Selection, selectGateways } from './configuration/select-gateways.ts';
import type { KnownTarget } from './emit.ts';
import { exitCode } from './exit-code.ts';
import { environmentsOf, loadSources } from './load.ts';
import { printFindings } from './print-findings.ts';
import type { Terminal } from './terminal.ts';

export { emit } from './emit.ts';

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
  const chosen = choose(options.target, terminal);
  if (chosen === undefined) return exitCode.usage;
  const misuse = misuseOf(options);
  if (misuse !== undefined) {
    terminal.err(`gwc: ${misuse}\n`);
    return exitCode.usage;
  }
  const selected = await selectGateways(specs, options, terminal);
  if (selected.kind === 'failed') return selected.exitCode;
  compileLess();
  const all: Built[] = [];
  for (const selection of selected.selections) {
    all.push(...(await buildEach(selection, chosen, options, terminal)));
  }
  const found = all.flatMap(({ diagnostics }) => diagnostics);
  await printFindings(
    found,
    locateIn([selected.locate, ...all.map(({ locate }) => locate)]),
    options.format,
    terminal,
  );
  if (found.some(isUnreadable)) return exitCode.unreadable;
  for (const { path, changed } of all.flatMap(({ folders }) => folders)) {
    if (!hasErrors(found)) terminal.err(changed ? `wrote ${path}\n` : `${path} is up to date\n`);
  }
  return hasErrors(found) ? exitCode.findings : exitCode.fine;
}

function choose(names: string | undefined, terminal: Terminal): readonly KnownTarget[] | undefined {
  if (names === undefined) return targets;
  const known = targets.map((target) => target.name);
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !known.some((one) => one === name));
  if (unknown === undefined) return targets.filter((target) => wanted.includes(target.name));
  const hint = didYouMean(unknown, known);
  terminal.err(`gwc: unknown target "${unknown}".${hint} This version builds ${known.join(', ')}\n`);
  return undefined;
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
async function buildEach(
  selection: Selection,
  chosen: readonly KnownTarget[],
  options: BuildOptions,
  terminal: Terminal,
): Promise<readonly Built[]> {
  const built: Built[] = [];
  for (const env of await environments(selection, options)) {
    const folder = [options.output, selection.folder, env].filter((part) => part !== undefined);
    built.push(
      await buildGateway({
        specs: selection.specs,
        options: selection.optionsFor(options, env),
        folderOf: ({ name }) => [...folder, name].join('/'),
        targets: chosen,
        check: selection.check,
        terminal,
      }),
    );
  }
  return built;
}

/** The base alone where no environment is chosen, and where there is none. */
async function environments(
  { specs, optionsFor }: Selection,
  options: BuildOptions,
): Promise<readonly (string | undefined)[]> {
  if (options.allEnvs !== true) return namesOf(options.env) ?? [undefined];
  const declared = environmentsOf(await loadSources(specs, optionsFor(options, undefined)));
  return declared.length === 0 ? [undefined] : declared;
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
