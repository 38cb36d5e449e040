import { basename, dirname, extname, join, posix, relative, sep } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic.ts';
import { loadValidators, readOpenApi } from '../../openapi/index.ts';
import { fields } from '../../openapi/node-at.ts';
import type { Documents } from '../../source/documents.ts';
import { isUnreadable, loadDocuments } from '../../source/index.ts';
import type { Node } from '../../source/node.ts';
import { exitCode } from '../exit-code.ts';
import { failureOf, nodeFileSystem } from '../output/file-system.ts';
import { printFindings } from '../print-findings.ts';
import { writeWhole } from '../replace-file.ts';
import type { Terminal } from '../terminal.ts';
import { blockPresent, draftPresent, notWritten } from './diagnostics.ts';
import { countBlanks } from './gateway-block.ts';
import type { Imported } from './imported.ts';
import { insertIntoDocument } from './insert-into-document.ts';
import { type Survey, surveyDocument } from './survey.ts';
import { type Draft, writeBlock, writeOverlay } from './write-overlay.ts';

export interface InitOptions {
  readonly output?: string;
  readonly inPlace?: true;
  readonly stdout?: true;
  readonly force?: true;
  readonly root?: string;
  /** Whose extensions are read besides. */
  readonly from?: 'aws';
}

/**
 * Writes a first `x-gateway` block for a plain document: what follows from it, and a marked blank for the rest. Mistakes
 * of the document are printed and do not keep it from being surveyed; only one that cannot be read gets nothing.
 */
export async function init(document: string, options: InitOptions, terminal: Terminal): Promise<number> {
  const wrong = wrongUse(options);
  if (wrong !== undefined) {
    terminal.err(`gwc: ${wrong}\n`);
    return exitCode.usage;
  }
  const loaded = await load(document, options.root);
  const { documents, survey } = loaded;
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (survey === undefined) return finish(errors, documents, terminal);
  if ((survey.api.gateway !== undefined || survey.hasFacets) && options.force !== true) {
    const at = survey.api.gateway?.at ?? survey.api.at;
    return finish([diagnostic(blockPresent, at, {}, { side: 'key' })], documents, terminal);
  }
  const imported = await importFrom(options.from, survey, documents);
  const found = write(
    document,
    { survey: imported?.survey ?? survey, imported },
    documents,
    options,
    terminal,
  );
  if (errors.length > 0 && found.length === 0) {
    terminal.err('\nThe document itself has mistakes that a build refuses:\n');
  }
  if (options.from === undefined && namesApiGateway(documents)) {
    terminal.err(
      'The document has extensions of Amazon API Gateway; gwc init --from aws reads them as well.\n',
    );
  }
  return finish([...errors, ...found, ...(imported?.diagnostics ?? [])], documents, terminal);
}

/** Whether some operation, or what stands beside operations, is described for API Gateway. */
function namesApiGateway({ roots: [root] }: Documents): boolean {
  const isNamed = (node: Node): boolean =>
    fields(node).some(([name]) => name.startsWith('x-amazon-apigateway-'));
  const paths = fields(root?.child('paths')).map(([, item]) => item);
  return paths.some((item) => isNamed(item) || fields(item).some(([, operation]) => isNamed(operation)));
}

async function importFrom(
  from: InitOptions['from'],
  { api }: Survey,
  documents: Documents,
): Promise<Imported | undefined> {
  const [root] = documents.roots;
  if (from === undefined || root === undefined) return undefined;
  const { importAws } = await import('./aws/import-aws.ts');
  return importAws(api, root, documents);
}

function wrongUse({ inPlace, stdout, output, from }: InitOptions): string | undefined {
  if (inPlace === true && from !== undefined)
    return '--in-place inserts a root block, and an import changes operations too: leave it out';
  if (output === '') return '--output names no file';
  if (inPlace === true && output !== undefined)
    return '--in-place writes to the document: leave --output out';
  if (stdout === true && output !== undefined) return '--stdout and --output exclude each other';
  if (stdout === true && inPlace === true) return '--stdout and --in-place exclude each other';
  return undefined;
}

interface Surveyed {
  readonly documents: Documents;
  /** Undefined when the document is none that can be surveyed; then there is an error. */
  readonly survey: Survey | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

async function load(document: string, root: string | undefined): Promise<Surveyed> {
  const { documents, diagnostics } = loadDocuments([document], root === undefined ? {} : { root });
  if (diagnostics.some(isUnreadable)) return { documents, survey: undefined, diagnostics };
  const openapi = readOpenApi(documents, await loadValidators(documents));
  const [api] = openapi.apis;
  const survey = api === undefined ? undefined : surveyDocument(api);
  return { documents, survey, diagnostics: [...diagnostics, ...openapi.diagnostics] };
}

async function finish(
  found: readonly Diagnostic[],
  documents: Documents,
  terminal: Terminal,
): Promise<number> {
  await printFindings(found, documents.locate, 'pretty', terminal);
  if (found.some(isUnreadable)) return exitCode.unreadable;
  return hasErrors(found) ? exitCode.findings : exitCode.fine;
}

/** The option that a build of the same document needs as well. */
function rooted({ root }: InitOptions): string {
  return root === undefined ? '' : ` --root ${root}`;
}

/** Writes or prints the draft; returns why it could not. */
function write(
  document: string,
  { survey, imported }: { readonly survey: Survey; readonly imported: Imported | undefined },
  documents: Documents,
  options: InitOptions,
  terminal: Terminal,
): readonly Diagnostic[] {
  if (options.inPlace === true) {
    const draft = writeBlock(survey);
    const found = insertIntoDocument(document, documents, draft.lines, options);
    if (found.length === 0)
      terminal.err(`${summary(document, draft)}next: gwc build ${document}${rooted(options)}\n`);
    return found;
  }
  const file = options.output ?? overlayName(document);
  const target = referenceTo(document, file);
  const draft = writeOverlay(survey, { target, replace: survey.api.gateway !== undefined, imported });
  const text = `${draft.lines.join('\n')}\n`;
  if (options.stdout === true) {
    terminal.out(text);
    return [];
  }
  try {
    if (options.force !== true && nodeFileSystem.entry(file) !== undefined) {
      return [diagnostic(draftPresent, { file }, { file })];
    }
    writeWhole(file, text);
  } catch (error) {
    return [diagnostic(notWritten, { file }, { file, failure: failureOf(error) })];
  }
  terminal.err(`${summary(file, draft)}next: gwc build ${document} --overlay ${file}${rooted(options)}\n`);
  return [];
}

function summary(file: string, { lines, decisions }: Draft): string {
  const blanks = countBlanks(lines);
  const left = [
    `${blanks} blank${blanks === 1 ? '' : 's'} to fill in`,
    ...(decisions === 0 ? [] : [`${decisions} decision${decisions === 1 ? '' : 's'} to take`]),
  ];
  return `wrote ${file}: ${left.join(', ')}\n`;
}

/** `openapi.yaml` → `openapi.gateway.overlay.yaml`, beside it. */
function overlayName(document: string): string {
  const stem = basename(document, extname(document));
  return join(dirname(document), `${stem}.gateway.overlay.yaml`);
}

/** The document as its overlay names it; undefined outside the overlay's own folder, which references may not leave. */
function referenceTo(document: string, overlay: string): string | undefined {
  const path = relative(dirname(overlay), document).split(sep).join(posix.sep);
  const isNear = path !== '' && !path.startsWith('../') && !/^(?:\/|[A-Za-z]:)/.test(path);
  return isNear && /^[A-Za-z0-9._/-]+\.(?:ya?ml|json)$/i.test(path) ? path : undefined;
}
