import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../diagnostics/order.ts';
import type { Gateway } from '../model/gateway.ts';
import { loadValidators, readOpenApi } from '../openapi/index.ts';
import { readGateway } from '../read/index.ts';
import type { Documents } from '../source/documents.ts';
import { isUnreadable, loadDocuments } from '../source/index.ts';

/** Options of every command that reads documents; see `gwc build --help`. */
export interface ReadingOptions {
  readonly env?: string;
  readonly overlay?: readonly string[];
  readonly server?: string;
  readonly root?: string;
  readonly allowRelaxIn?: readonly string[];
  readonly format: 'pretty' | 'json';
}

export interface Loaded {
  readonly documents: Documents;
  /** Undefined when an error was found. */
  readonly gateway: Gateway | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** A document could not be read or parsed at all. */
  readonly unreadable: boolean;
}

/** Reads documents from disk up to the model. Never throws for what stands in a document. */
export async function loadGateway(specs: readonly string[], options: ReadingOptions): Promise<Loaded> {
  const { documents, diagnostics } = loadDocuments(specs, {
    ...(options.root === undefined ? {} : { root: options.root }),
    overlays: options.overlay ?? [],
  });
  const unreadable = diagnostics.some(isUnreadable);
  if (unreadable) return { documents, gateway: undefined, diagnostics, unreadable };
  const openapi = readOpenApi(documents, await loadValidators(documents));
  const read = readGateway({
    apis: openapi.apis,
    documents,
    allowRelaxIn: options.allowRelaxIn ?? [],
    ...(options.env === undefined ? {} : { environment: options.env }),
    ...(options.server === undefined ? {} : { server: options.server }),
  });
  const found = orderDiagnostics(
    [...diagnostics, ...openapi.diagnostics, ...read.diagnostics],
    documents.locate,
  );
  return { documents, gateway: hasErrors(found) ? undefined : read.gateway, diagnostics: found, unreadable };
}
