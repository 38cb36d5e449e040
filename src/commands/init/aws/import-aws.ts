import { diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { ApiDocument } from '../../../openapi/document.ts';
import type { Documents } from '../../../source/documents.ts';
import { type Node, nodeOf } from '../../../source/node.ts';
import { nothingToImport } from '../diagnostics.ts';
import { type Entry, field, nested } from '../draft-entry.ts';
import { type Action, type Imported, isReached } from '../imported.ts';
import { type Survey, surveyDocument } from '../survey.ts';
import { commentText } from '../yaml-text.ts';
import { anyMethodDecision, schemesOfCatchAlls } from './any-method.ts';
import { importAuthenticators } from './authenticators.ts';
import { collectBackends } from './collect-backends.ts';
import { corsOfPaths } from './cors-of-paths.ts';
import type { DocumentDraft } from './extension-table.ts';
import { collectFindings, type Findings } from './findings.ts';
import { type ImportedPath, importPaths } from './imported-operation.ts';
import { noteLines } from './note-lines.ts';
import { operationChanges } from './operation-changes.ts';
import { extendedSchemes } from './scheme-kind.ts';
import { type SecuredDocument, secureDocument } from './secure-document.ts';
import { walkExtensions } from './walk-extensions.ts';

/**
 * What the extensions of API Gateway in a document come to. Nothing is guessed: a back end is one that an integration
 * names, an operation is as open as its `security` says, and whatever has no equivalent becomes a blank or a note.
 */
export function importAws(api: ApiDocument, root: Node, documents: Documents): Imported {
  const findings = collectFindings();
  const draft: DocumentDraft = {
    findings,
    defaults: [],
    aws: new Map(),
    tls: [],
    validators: new Map(),
    login: undefined,
    hasCors: false,
  };
  const paths = importPaths(api, root, documents, findings);
  const count = walkAll(root, paths, draft);
  noteOwnAddresses(api, findings);
  const schemes = extendedSchemes(api, root, documents);
  const secured = secureDocument(api, root, paths, schemes, findings);
  const cors = corsOfPaths(paths, findings);
  const backends = collectBackends(placedOperations(paths));
  const changes = operationChanges({ root, paths, backends, cors, secured, draft });
  const authenticators = importAuthenticators({ schemes, paths, secured, login: draft.login, findings });
  const { effectiveOf } = secured;
  const actions = [...rootActions(api, root, secured), ...changes.actions];
  warnOfUnreached(actions, api, findings);
  return {
    survey: surveyOf(secured.api, schemesOfCatchAlls({ paths, effectiveOf })),
    backends: backends.entries,
    authenticatorOf: ({ name }) => authenticators.get(name),
    defaults: [
      ...(backends.main === undefined ? [] : [field('backend', backends.main)]),
      ...changes.defaults,
      ...cors.defaults,
      ...draft.defaults,
    ],
    root: rootFields(draft),
    actions,
    aboutActions: [
      'Paths and operations: what differs from the defaults. It is what x-amazon-apigateway-integration and',
      'x-amazon-apigateway-request-validator of the operation say, where nothing else is said.',
    ],
    decisions: anyMethodDecision({ api, paths, facetsOf: changes.facetsOf, effectiveOf }),
    notes: noteLines(findings.notes, api.file, documents),
    diagnostics: [...findings.diagnostics, ...(count === 0 ? [diagnostic(nothingToImport, api.at, {})] : [])],
  };
}

/** The document, and path items of other files. */
function walkAll(root: Node, paths: readonly ImportedPath[], draft: DocumentDraft): number {
  const elsewhere = new Map(
    paths
      .filter(({ item }) => item.at.file !== root.at.file)
      .map(({ item }) => [`${item.at.file}#${item.at.pointer}`, item]),
  );
  const own = walkExtensions(root, 'root', draft);
  return [...elsewhere.values()].reduce((sum, item) => sum + walkExtensions(item, 'path', draft), own);
}

/** Without what they say an operation could go to the back end of all others, or be guarded by less. */
function warnOfUnreached(actions: readonly Action[], api: ApiDocument, findings: Findings): void {
  for (const action of actions) {
    if (isReached(action, api.file)) continue;
    const what = `What the draft says about ${commentText(action.title)} belongs into a place that no overlay of the document reaches: write it there, before anything is built`;
    findings.lose(nodeOf(undefined, action.at), what);
  }
}

/** The domain of an API as API Gateway gives it (API Gateway Developer Guide, "Invoke REST APIs in API Gateway"). */
const OWN_ADDRESS = /^https?:\/\/[^/]*\.execute-api\.[a-z0-9-]+\.(?:amazonaws\.com|api\.aws)/;

/** An address that only the API it was given to can have. */
function noteOwnAddresses(api: ApiDocument, findings: Findings): void {
  for (const { url, at } of api.servers) {
    if (!OWN_ADDRESS.test(url)) continue;
    const text =
      'The server is the address that API Gateway gave to this API, which no other gateway can have: build with --server https://api.example.com, or write a domain of yours.';
    findings.note(nodeOf(url, at), text);
  }
}

function placedOperations(paths: readonly ImportedPath[]) {
  return paths.flatMap(({ operations, any }) =>
    [...operations, ...(any === undefined ? [] : [any])].flatMap(({ path, integration, preflight }) =>
      integration === undefined || preflight !== undefined
        ? []
        : [{ template: path.template, upstream: integration.upstream, request: integration.request }],
    ),
  );
}

/** Schemes of catch-alls are used, although no operation of OpenAPI uses them yet. */
function surveyOf(api: ApiDocument, ofCatchAlls: ReadonlySet<string>): Survey {
  const survey = surveyDocument(api);
  const used = new Set([...survey.schemes.map(({ name }) => name), ...ofCatchAlls]);
  const declared = [...api.schemes.values()];
  return {
    ...survey,
    schemes: declared.filter(({ name }) => used.has(name)),
    unused: survey.unused.filter((name) => !used.has(name)),
  };
}

function rootFields({ tls, aws }: DocumentDraft): readonly Entry[] {
  return [
    ...(tls.length === 0 ? [] : [nested('tls', tls)]),
    ...(aws.size === 0 ? [] : [nested('targets', [nested('aws', [...aws.values()])])]),
  ];
}

/** A security of the whole document that means something else, and a scheme that it lacks. */
function rootActions(
  api: ApiDocument,
  root: Node,
  { root: change, declared }: SecuredDocument,
): readonly Action[] {
  const scheme = declared === undefined ? [] : [schemeAction(api, declared.name)];
  if (change === undefined) return scheme;
  return [
    ...scheme,
    {
      at: api.at,
      title: 'all operations without a security of their own',
      why: change.why,
      removes: root.child('security')?.at,
      update: [field('security', change.alternatives)],
    },
  ];
}

function schemeAction({ at, openapi }: ApiDocument, name: string): Action {
  const scheme = {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  };
  const declared = [field(name, scheme)];
  return {
    at,
    title: `the scheme ${name}`,
    why: [
      'The scheme of requests that are signed with credentials of AWS, which the document does not declare.',
    ],
    removes: undefined,
    update:
      openapi === '2.0'
        ? [nested('securityDefinitions', declared)]
        : [nested('components', [nested('securitySchemes', declared)])],
  };
}
