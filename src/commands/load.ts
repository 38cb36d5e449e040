import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../diagnostics/order.ts';
import type { Gateway } from '../model/gateway.ts';
import type { ApiDocument } from '../openapi/document.ts';
import { loadValidators, readOpenApi } from '../openapi/index.ts';
import { readGateway } from '../read/index.ts';
import type { Documents } from '../source/documents.ts';
import { isUnreadable, loadDocuments } from '../source/index.ts';
import { pinnedKeySets, readLock } from './resolve/lock-file.ts';

/** Options of every command that reads documents; see `gwc build --help`. */
export interface ReadingOptions {
  readonly env?: string;
  readonly overlay?: readonly string[];
  readonly server?: string;
  readonly root?: string;
  readonly allowRelaxIn?: readonly string[];
  readonly format: 'pretty' | 'json';
}

/** Documents before a model is made of them. */
export interface Sources {
  readonly documents: Documents;
  readonly apis: readonly ApiDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** A document could not be read or parsed at all. */
  readonly unreadable: boolean;
}

export interface Loaded extends Sources {
  /** Undefined when an error was found. */
  readonly gateway: Gateway | undefined;
}

/** Reads documents from disk. Never throws for what stands in a document. */
export async function loadSources(specs: readonly string[], options: ReadingOptions): Promise<Sources> {
  const { documents, diagnostics } = loadDocuments(specs, {
    ...(options.root === undefined ? {} : { root: options.root }),
    overlays: options.overlay ?? [],
  });
  if (diagnostics.some(isUnreadable)) return { documents, apis: [], diagnostics, unreadable: true };
  const openapi = readOpenApi(documents, await loadValidators(documents));
  return {
    documents,
    apis: openapi.apis,
    diagnostics: [...diagnostics, ...openapi.diagnostics],
    unreadable: false,
  };
}

/** The model under the chosen environment; `pinned` are the key sets of issuers by a lock file. */
export function loadModel(
  sources: Sources,
  options: ReadingOptions,
  pinned: ReadonlyMap<string, string>,
): Loaded {
  if (sources.unreadable) return { ...sources, gateway: undefined };
  const { apis, documents } = sources;
  const read = readGateway({
    apis,
    documents,
    allowRelaxIn: options.allowRelaxIn ?? [],
    pinned,
    ...(options.env === undefined ? {} : { environment: options.env }),
    ...(options.server === undefined ? {} : { server: options.server }),
  });
  const diagnostics = orderDiagnostics([...sources.diagnostics, ...read.diagnostics], documents.locate);
  return { ...sources, gateway: hasErrors(diagnostics) ? undefined : read.gateway, diagnostics };
}

/** Reads documents from disk up to the model, with the lock file beside the first of them. */
export async function loadGateway(specs: readonly string[], options: ReadingOptions): Promise<Loaded> {
  const sources = await loadSources(specs, options);
  const lock = readLock(sources.documents);
  const known = { ...sources, diagnostics: [...sources.diagnostics, ...lock.diagnostics] };
  return loadModel(known, options, pinnedKeySets(lock.lock));
}
