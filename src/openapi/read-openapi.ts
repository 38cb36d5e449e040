import { type Diagnostic, diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Documents } from '../source/documents.ts';
import type { Node } from '../source/node.ts';
import { checkOperationIds } from './check-operation-ids.ts';
import { checkReferences } from './check-references.ts';
import { checkSecurity } from './check-security.ts';
import { NO_PATHS, NOT_OPENAPI, TWO_VERSIONS, UNSUPPORTED_VERSION } from './diagnostics.ts';
import type { ApiDocument } from './document.ts';
import { readRootGateway } from './extension-node.ts';
import { isRecord, quote } from './node-at.ts';
import { readPaths } from './read-paths.ts';
import { declaredSchemes, readRequirements, readSchemes } from './read-security.ts';
import { readServers, readSwaggerServers } from './read-servers.ts';
import { type Reading, startReading } from './reading.ts';
import { checkStructure } from './structure.ts';
import type { Validator, Validators } from './validators.ts';
import { recogniseVersion } from './version.ts';

/**
 * Reads every root document down to what a gateway needs, whatever its OpenAPI version, and reports all mistakes: an
 * error in a part that a gateway reads, a warning elsewhere. A document that is no OpenAPI document gives one error and
 * no `ApiDocument`; any other gives what can be read of it, to be used only when there are no errors.
 */
export function readOpenApi(
  documents: Documents,
  validators: Validators,
): { readonly apis: readonly ApiDocument[]; readonly diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = reportOnce(diagnostics);
  const apis: ApiDocument[] = [];
  for (const root of documents.roots) {
    const api = readRoot(documents, root, validators, report);
    if (api !== undefined) apis.push(api);
  }
  return { apis, diagnostics };
}

/** What several paths share is checked for each of them and reported once. */
function reportOnce(diagnostics: Diagnostic[]): Report {
  const seen = new Set<string>();
  return (found) => {
    const key = JSON.stringify([found.code, found.at, found.message]);
    if (seen.has(key)) return;
    seen.add(key);
    diagnostics.push(found);
  };
}

function readRoot(
  documents: Documents,
  root: Node,
  validators: Validators,
  report: Report,
): ApiDocument | undefined {
  const found = recogniseVersion(root);
  switch (found.kind) {
    case 'other':
      report(diagnostic(NOT_OPENAPI, root.at, { looks: found.looks }));
      return undefined;
    case 'ambiguous':
      report(diagnostic(TWO_VERSIONS, root.child('swagger')?.at ?? root.at, {}, { side: 'key' }));
      return undefined;
    case 'unsupported': {
      const at = root.child(found.field)?.at ?? root.at;
      report(diagnostic(UNSUPPORTED_VERSION, at, { field: found.field, value: quote(found.value) }));
      return undefined;
    }
    case 'openapi':
      return readDocument(documents, root, found.version, validatorOf(validators, found.version), report);
  }
}

function validatorOf(validators: Validators, version: ApiDocument['openapi']): Validator {
  const validator = validators.get(version);
  if (validator === undefined) throw new Error(`the validator of OpenAPI ${version} was not loaded`);
  return validator;
}

function readDocument(
  documents: Documents,
  root: Node,
  version: ApiDocument['openapi'],
  validator: Validator,
  report: Report,
): ApiDocument {
  checkStructure(root, 'document', validator, report);
  const reading = startReading(documents, root, version, validator, report);
  const api = assemble(reading);
  checkReferences(reading);
  if (isWithoutPaths(root, version)) {
    report(diagnostic(NO_PATHS, root.child('paths')?.at ?? root.at, {}));
  }
  checkOperationIds(api, report);
  checkSecurity(api, new Set(declaredSchemes(reading).map(([name]) => name)), report);
  return api;
}

/** Where that is allowed; otherwise the missing field has been reported as such. */
function isWithoutPaths(root: Node, version: ApiDocument['openapi']): boolean {
  const paths = root.child('paths');
  if (paths !== undefined) return isRecord(paths.value) && Object.keys(paths.value).every(isExtension);
  const others = ['webhooks', 'components'].some((field) => root.child(field) !== undefined);
  return others && version !== '2.0' && version !== '3.0';
}

function assemble(reading: Reading): ApiDocument {
  const { root, version } = reading;
  const security = root.child('security');
  const info = root.child('info');
  return {
    file: root.at.file,
    at: root.at,
    openapi: version,
    title: label(info?.child('title')),
    version: label(info?.child('version')),
    gateway: readRootGateway(reading),
    servers:
      version === '2.0'
        ? readSwaggerServers(root, root.child('schemes'))
        : (readServers(reading, root) ?? []),
    security:
      security === undefined ? undefined : { value: readRequirements(reading, security), at: security.at },
    schemes: readSchemes(reading),
    paths: readPaths(reading),
  };
}

function isExtension(name: string): boolean {
  return name.startsWith('x-');
}

/** A title or version as text; YAML writers often leave the quotes of `1.0` out. */
function label(node: Node | undefined): string {
  return typeof node?.value === 'string' || typeof node?.value === 'number' ? String(node.value) : '';
}
