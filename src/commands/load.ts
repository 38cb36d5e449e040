import { type Diagnostic, hasErrors, type Report } from '../diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../diagnostics/order.ts';
import type { Gateway } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import type { ApiDocument } from '../openapi/document.ts';
import { loadValidators, readOpenApi } from '../openapi/index.ts';
import { environmentNames, readGateway } from '../read/index.ts';
import type { Documents } from '../source/documents.ts';
import { isUnreadable, loadDocuments } from '../source/index.ts';
import type { Node } from '../source/node.ts';
import { pinnedKeySets, readLock } from './resolve/lock-file.ts';

/** Options of every command that reads documents; see `gwc build --help`. */
export interface ReadingOptions {
  readonly env?: string;
  readonly overlay?: readonly string[];
  /** Without those that belong to the environment alone; undefined where it has none. */
  readonly baseOverlay?: readonly string[];
  readonly server?: string;
  readonly root?: string;
  readonly allowRelaxIn?: readonly string[];
  readonly format: 'pretty' | 'json';
  /** The entry of a configuration that the documents belong to. */
  readonly configured?: ConfiguredEntry;
}

interface ConfiguredEntry {
  /** Name of the configuration file, as documents are named. */
  readonly file: string;
  readonly gateway: string;
}

/** Documents before a model is made of them. */
export interface Sources {
  readonly documents: Documents;
  readonly apis: readonly ApiDocument[];
  /** The root block that the configuration gives the gateway. */
  readonly shared: Node | undefined;
  /** The same without overlays of the environment alone; undefined where it has none, or where nobody compares. */
  readonly base?: Pick<Sources, 'apis' | 'shared'>;
  readonly diagnostics: readonly Diagnostic[];
  /** A document could not be read or parsed at all. */
  readonly unreadable: boolean;
}

export interface Loaded extends Sources {
  /** Undefined when an error was found. */
  readonly gateway: Gateway | undefined;
  /** Where the entries of root maps stand that the gateway uses. */
  readonly used: readonly Origin[];
}

/** Documents and what they are read with. */
export interface Reading {
  readonly specs: readonly string[];
  readonly options: ReadingOptions;
}

/** Reads documents from disk, or knows them already. */
export type ReadSources = typeof loadSources;

/** Reads documents from disk. Never throws for what stands in a document. */
export async function loadSources(specs: readonly string[], options: ReadingOptions): Promise<Sources> {
  const { documents, diagnostics } = loadDocuments(specs, {
    ...(options.root === undefined ? {} : { root: options.root }),
    overlays: options.overlay ?? [],
    beside: options.configured === undefined ? [] : [options.configured.file],
  });
  if (diagnostics.some(isUnreadable))
    return { documents, apis: [], shared: undefined, diagnostics, unreadable: true };
  const openapi = readOpenApi(documents, await loadValidators(documents));
  const found: Diagnostic[] = [];
  const shared = sharedBlock(documents, options.configured, (one) => found.push(one));
  return {
    documents,
    apis: openapi.apis,
    shared,
    diagnostics: [...diagnostics, ...openapi.diagnostics, ...found],
    unreadable: false,
  };
}

function sharedBlock(
  { beside: [root], follow }: Documents,
  configured: ConfiguredEntry | undefined,
  report: Report,
): Node | undefined {
  if (configured === undefined) return undefined;
  const block = root?.child('gateways')?.child(configured.gateway)?.child('gateway');
  return block === undefined ? undefined : follow(block, report);
}

/** Names of all environments that the blocks of a gateway declare, sorted. */
export function environmentsOf({ apis, shared }: Sources): readonly string[] {
  return environmentNames([...(shared === undefined ? [] : [{ gateway: shared }]), ...apis]);
}

/** The model under the chosen environment; `pinned` are the key sets of issuers by a lock file. */
export function loadModel(
  sources: Sources,
  options: ReadingOptions,
  pinned: ReadonlyMap<string, string>,
): Loaded {
  if (sources.unreadable) return { ...sources, gateway: undefined, used: [] };
  const { apis, documents } = sources;
  const read = readGateway({
    apis,
    documents,
    allowRelaxIn: options.allowRelaxIn ?? [],
    pinned,
    ...withShared(sources.shared),
    ...(sources.base === undefined
      ? {}
      : { base: { apis: sources.base.apis, ...withShared(sources.base.shared) } }),
    ...(options.configured === undefined ? {} : { name: options.configured.gateway }),
    ...(options.env === undefined ? {} : { environment: options.env }),
    ...(options.server === undefined ? {} : { server: options.server }),
  });
  const diagnostics = orderDiagnostics([...sources.diagnostics, ...read.diagnostics], documents.locate);
  return {
    ...sources,
    gateway: hasErrors(diagnostics) ? undefined : read.gateway,
    used: read.used,
    diagnostics,
  };
}

function withShared(shared: Node | undefined): { readonly shared?: Node } {
  return shared === undefined ? {} : { shared };
}

/** Reads documents, and what they are without overlays of the environment, so that the two can be compared. */
export async function readBesideBase({ specs, options }: Reading, read: ReadSources): Promise<Sources> {
  const sources = await read(specs, options);
  const { baseOverlay } = options;
  if (baseOverlay === undefined || sources.unreadable) return sources;
  const { apis, shared } = await read(specs, { ...options, overlay: baseOverlay });
  return { ...sources, base: { apis, shared } };
}

/** Reads documents up to the model, with the lock file beside the configuration or, without one, the first document. */
export async function loadGateway(
  specs: readonly string[],
  options: ReadingOptions,
  read: ReadSources = loadSources,
): Promise<Loaded> {
  const sources = await readBesideBase({ specs, options }, read);
  const lock = readLock(sources.documents, options.configured?.file);
  const known = { ...sources, diagnostics: [...sources.diagnostics, ...lock.diagnostics] };
  return loadModel(known, options, pinnedKeySets(lock.lock));
}
