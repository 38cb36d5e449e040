import { type Diagnostic, hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { loadValidators, readOpenApi } from '../../src/openapi/index.ts';
import { type GatewayInput, readGateway } from '../../src/read/index.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { loadDocuments } from '../../src/source/index.ts';

/** A file by name: its text, or what the disk holds. */
export type TextFiles = Readonly<Record<string, string | Uint8Array>>;

export interface ReadTextOptions
  extends Partial<
    Pick<GatewayInput, 'environment' | 'server' | 'allowRelaxIn' | 'shared' | 'name' | 'pinned'>
  > {
  /** Names of the root documents; default: the first file. */
  readonly documents?: readonly string[];
  readonly overlays?: readonly string[];
  /** Overlays of the environment alone, behind the others: what is read without them is the base. */
  readonly ownOverlays?: readonly string[];
}

export interface ReadText {
  readonly gateway: Gateway | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Codes of errors, in the order in which they were found. */
  readonly errors: readonly string[];
  /** Codes of warnings. */
  readonly warnings: readonly string[];
  /** All findings as a person reads them. */
  readonly text: string;
}

const folder = '/project/';

/** Reads documents that exist as text only, from bytes to the model. */
export async function readText(files: TextFiles, options: ReadTextOptions = {}): Promise<ReadText> {
  const { documents: names = Object.keys(files).slice(0, 1), overlays = [], ownOverlays, ...input } = options;
  const { documents, source, openapi } = await readApis(files, names, [...overlays, ...(ownOverlays ?? [])]);
  const base = ownOverlays === undefined ? undefined : (await readApis(files, names, overlays)).openapi;
  const read = readGateway({
    apis: openapi.apis,
    documents,
    allowRelaxIn: [],
    ...(base === undefined ? {} : { base: { ...input, apis: base.apis } }),
    ...input,
  });
  const diagnostics = [...source, ...openapi.diagnostics, ...read.diagnostics];
  const codes = (severity: Diagnostic['severity']): readonly string[] =>
    diagnostics.filter((one) => one.severity === severity).map(({ code }) => code);
  return {
    gateway: hasErrors(diagnostics) ? undefined : read.gateway,
    diagnostics,
    errors: codes('error'),
    warnings: codes('warning'),
    text: printPretty(diagnostics, documents.locate, false),
  };
}

async function readApis(files: TextFiles, names: readonly string[], overlays: readonly string[]) {
  const inFolder = (name: string): string => `${folder}${name}`;
  const { documents, diagnostics: source } = loadDocuments(names.map(inFolder), {
    root: folder,
    overlays: overlays.map(inFolder),
    fileSystem: memory(files),
  });
  return { documents, source, openapi: readOpenApi(documents, await loadValidators(documents)) };
}

/** As `readText`, but throws with the findings when there is an error. */
export async function readModel(files: TextFiles, options: ReadTextOptions = {}): Promise<Gateway> {
  const { gateway, text } = await readText(files, options);
  if (gateway === undefined) throw new Error(text);
  return gateway;
}

function memory(files: TextFiles): FileSystem {
  const bytes = (path: string): Uint8Array => {
    const name = path.slice(folder.length);
    const content = path.startsWith(folder) && Object.hasOwn(files, name) ? files[name] : undefined;
    if (content === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const isFolder = (path: string): boolean => folder.startsWith(path.endsWith('/') ? path : `${path}/`);
  return {
    readFile: bytes,
    realpath: (path) => (isFolder(path) || bytes(path) ? path.replace(/(.)\/$/, '$1') : path),
    lstat: (path) =>
      isFolder(path) ? { kind: 'directory', size: 0 } : { kind: 'file', size: bytes(path).length },
  };
}
