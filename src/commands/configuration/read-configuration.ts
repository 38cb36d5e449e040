import { type Diagnostic, diagnostic, hasErrors, type Report } from '../../diagnostics/diagnostic.ts';
import type { Locate } from '../../diagnostics/order.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { type ConfigurationBlock, readConfiguration } from '../../extension/index.ts';
import type { Sourced } from '../../model/origin.ts';
import { isUnreadable, loadDocuments } from '../../source/index.ts';
import { noGateways, unknownGateway } from './diagnostics.ts';
import { type Bounds, boundsOf, locateFiles } from './locate-files.ts';

/** One gateway of a configuration, its files found. */
export interface ConfiguredGateway {
  readonly name: string;
  readonly documents: readonly string[];
  readonly overlays: readonly string[];
  /** Overlays of environments, behind those of the gateway. */
  readonly environments: ReadonlyMap<string, Sourced<readonly string[]>>;
}

export interface ReadConfiguration {
  /** The chosen gateways in the order of names; empty where there was an error. */
  readonly gateways: readonly ConfiguredGateway[];
  /** Whether the configuration has more than one, chosen or not. */
  readonly several: boolean;
  /** All gateways, chosen or not; undefined when files of some cannot be found. */
  readonly every: () => readonly ConfiguredGateway[] | undefined;
  readonly root: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly unreadable: boolean;
  readonly locate: Locate;
}

/** Reads `gwc.config.yaml` and finds the files that it names; `only` chooses one gateway. */
export function readConfigurationFile(
  file: string,
  { root, only }: { readonly root: string | undefined; readonly only: string | undefined },
): ReadConfiguration {
  const loaded = loadDocuments([file], root === undefined ? {} : { root });
  const { documents } = loaded;
  const [node] = documents.roots;
  const nothing = { gateways: [], several: false, every: () => undefined, root, locate: documents.locate };
  if (node === undefined || loaded.diagnostics.some(isUnreadable)) {
    return { ...nothing, diagnostics: loaded.diagnostics, unreadable: true };
  }
  const found: Diagnostic[] = [...loaded.diagnostics];
  const report: Report = (one) => found.push(one);
  const block = readConfiguration(node, report);
  const declared = block?.gateways?.value;
  if (block !== undefined && declared === undefined) report(diagnostic(noGateways, node.at, {}));
  if (declared === undefined) return { ...nothing, diagnostics: found, unreadable: false };
  const bounds = boundsOf(node.at.file, root);
  const chosen = choose([...declared], only, report);
  const gateways = chosen.map(([name, { value }]) => locateGateway(name, value, bounds, report));
  return {
    gateways: hasErrors(found) ? [] : gateways,
    several: declared.size > 1,
    every: () => locateEvery([...declared], bounds),
    root: bounds.root,
    diagnostics: found,
    unreadable: false,
    locate: documents.locate,
  };
}

type Entry = readonly [string, Sourced<GatewayEntry>];
type Declared = NonNullable<ConfigurationBlock['gateways']>['value'];
type GatewayEntry = Declared extends ReadonlyMap<string, Sourced<infer Block>> ? Block : never;

function choose(declared: readonly Entry[], only: string | undefined, report: Report): readonly Entry[] {
  const sorted = declared.toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (only === undefined) return sorted;
  const chosen = sorted.filter(([name]) => name === only);
  const names = sorted.map(([name]) => name);
  if (chosen.length === 0) {
    const facts = { name: only, suggestion: didYouMean(only, names), known: names.join(', ') };
    report(diagnostic(unknownGateway, undefined, facts));
  }
  return chosen;
}

function locateEvery(declared: readonly Entry[], bounds: Bounds): readonly ConfiguredGateway[] | undefined {
  const found: Diagnostic[] = [];
  const gateways = choose(declared, undefined, (one) => found.push(one)).map(([name, { value }]) =>
    locateGateway(name, value, bounds, (one) => found.push(one)),
  );
  return hasErrors(found) ? undefined : gateways;
}

function locateGateway(
  name: string,
  { documents, overlays, environments }: GatewayEntry,
  bounds: Bounds,
  report: Report,
): ConfiguredGateway {
  const located = (paths: typeof overlays): readonly string[] =>
    locateFiles(paths?.value ?? [], bounds, report);
  return {
    name,
    documents: locateFiles(documents.value, bounds, report),
    overlays: located(overlays),
    environments: new Map(
      [...(environments?.value ?? [])].map(
        ([environment, { value, at }]) => [environment, { value: located(value.overlays), at }] as const,
      ),
    ),
  };
}
