import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Locate } from '../../diagnostics/order.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { exitCode } from '../exit-code.ts';
import type { ReadingOptions } from '../load.ts';
import { printFindings } from '../print-findings.ts';
import type { Terminal } from '../terminal.ts';
import { configuredEnvironmentUnknown } from './diagnostics.ts';
import { type ConfiguredGateway, readConfigurationFile } from './read-configuration.ts';

/** The name under which a configuration is found in the working directory. */
const CONFIGURATION_NAME = 'gwc.config.yaml';

/** Options of commands that work on documents of the command line or on gateways of a configuration. */
export interface SelectingOptions extends ReadingOptions {
  readonly config?: string;
  readonly gateway?: string;
}

/** One gateway to work on. */
export interface Selection {
  /** Names its folder of output; undefined where there is only one gateway. */
  readonly folder: string | undefined;
  readonly specs: readonly string[];
  /** What documents are read with in an environment. */
  readonly optionsFor: <Options extends ReadingOptions>(options: Options, env: string | undefined) => Options;
  /** What the configuration says about environments that `declared` blocks do not have. */
  readonly check: (declared: readonly string[]) => readonly Diagnostic[];
}

export type Selected =
  | {
      readonly kind: 'selected';
      readonly selections: readonly Selection[];
      /** Whether the configuration has several gateways, chosen or not. */
      readonly several: boolean;
      /** All gateways of the configuration, chosen or not; undefined when files of some cannot be found. */
      readonly every: () => readonly Selection[] | undefined;
      readonly locate: Locate;
    }
  | { readonly kind: 'failed'; readonly exitCode: number };

/**
 * The documents of the command line as one gateway, or the gateways of the configuration: the file of `--config`, else
 * `gwc.config.yaml` of the working directory. Says why where there is nothing to work on.
 */
export async function selectGateways(
  specs: readonly string[],
  options: SelectingOptions,
  terminal: Terminal,
): Promise<Selected> {
  if (specs.length > 0) {
    if (options.config === undefined && options.gateway === undefined) return plain(specs);
    return misused('name documents or a gateway of a configuration, not both', terminal);
  }
  const file = options.config ?? CONFIGURATION_NAME;
  if (options.config === undefined && !existsSync(join(terminal.workingDirectory, file))) {
    return misused(`name documents, or write ${CONFIGURATION_NAME} and list gateways there`, terminal);
  }
  const read = readConfigurationFile(file, { root: options.root, only: options.gateway });
  if (read.gateways.length === 0) {
    await printFindings(read.diagnostics, read.locate, options.format, terminal);
    return { kind: 'failed', exitCode: read.unreadable ? exitCode.unreadable : exitCode.usage };
  }
  const { several, locate } = read;
  const select = (gateway: ConfiguredGateway) => selectionOf(gateway, file, read.root, several);
  const every = () => read.every()?.map(select);
  return { kind: 'selected', selections: read.gateways.map(select), several, every, locate };
}

function misused(why: string, terminal: Terminal): Selected {
  terminal.err(`gwc: ${why}\n`);
  return { kind: 'failed', exitCode: exitCode.usage };
}

function plain(specs: readonly string[]): Selected {
  const selection: Selection = {
    folder: undefined,
    specs,
    optionsFor: inEnvironment,
    check: () => [],
  };
  const selections = [selection];
  return {
    kind: 'selected',
    selections,
    several: false,
    every: () => selections,
    locate: () => undefined,
  };
}

function inEnvironment<Options extends ReadingOptions>(options: Options, env: string | undefined): Options {
  const { env: _, ...rest } = options;
  return { ...rest, ...(env === undefined ? {} : { env }) } as Options;
}

function selectionOf(
  { name, documents, overlays, environments }: ConfiguredGateway,
  file: string,
  root: string | undefined,
  several: boolean,
): Selection {
  return {
    folder: several ? name : undefined,
    specs: documents,
    optionsFor: (options, env) => {
      const own = environments.get(env ?? '')?.value ?? [];
      const asked = options.overlay ?? [];
      return {
        ...inEnvironment(options, env),
        ...(root === undefined ? {} : { root }),
        overlay: [...overlays, ...own, ...asked],
        ...(own.length === 0 ? {} : { baseOverlay: [...overlays, ...asked] }),
        configured: { file, gateway: name },
      };
    },
    check: (declared) =>
      [...environments].flatMap(([environment, { at }]) => {
        if (declared.includes(environment)) return [];
        const facts = { name: environment, gateway: name, suggestion: didYouMean(environment, declared) };
        return [diagnostic(configuredEnvironmentUnknown, at, facts, { side: 'key' })];
      }),
  };
}
