import { type Diagnostic, diagnostic, hasErrors, type Report, related } from '../diagnostics/diagnostic.ts';
import { kindOfAuthenticator } from '../extension/index.ts';
import type { Gateway } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import type { ApiDocument, OperationItem, SecurityScheme } from '../openapi/document.ts';
import { authorizeReader, resolvePolicies } from '../policy/index.ts';
import type { Documents } from '../source/documents.ts';
import type { Node } from '../source/node.ts';
import { checkCredentials } from './backends/check-credentials.ts';
import { checkLoopback } from './backends/check-loopback.ts';
import { readBackend } from './backends/read-backend.ts';
import { checkSecrets, readSecrets } from './backends/read-secrets.ts';
import { secretReferences } from './backends/secret-references.ts';
import { checkReferences } from './check-references.ts';
import { collectDiagnostics } from './collect-diagnostics.ts';
import { nothingServed, operationIdTwice } from './diagnostics.ts';
import type { DocumentBlocks, DocumentNodes } from './documents/document-blocks.ts';
import { readBlocks } from './documents/read-blocks.ts';
import { readDrafts } from './documents/read-drafts.ts';
import { declaringDocuments } from './documents/shared-block.ts';
import { applyEnvironment, baseNodes, environmentNames } from './environment/apply-environment.ts';
import { checkWeakening } from './environment/check-weakening.ts';
import { nameFromTitle } from './root/gateway-name.ts';
import { type MergedRoot, mergeRoots } from './root/merge-roots.ts';
import { readAccessLog } from './root/read-access-log.ts';
import { namedTargets, readTargetSettings } from './root/read-target-settings.ts';
import { readTls, readTrustedProxies } from './root/read-tls.ts';
import { usedEntries } from './root/used-entries.ts';
import { buildSites } from './routes/build-sites.ts';
import { checkSharedPublic } from './security/check-public.ts';
import { withClientCertificates } from './security/client-certificates.ts';
import { loginDefaults } from './security/effective-login.ts';
import { checkOwnedHeaders, ownedHeaders } from './security/owned-headers.ts';
import { readAuthenticators } from './security/read-authenticators.ts';
import { readConsumers } from './security/read-consumers.ts';
import { createFrontDoors } from './servers/create-front-doors.ts';
import { servedAt } from './servers/served-at.ts';

/** What a gateway is made from. */
export interface GatewayInput {
  /** At least one, in the order of the command line. */
  readonly apis: readonly ApiDocument[];
  readonly documents: Documents;
  /** A root block that belongs to the gateway and to none of its documents; its `defaults` hold for all of them. */
  readonly shared?: Node;
  /** The same as it is without what belongs to the environment alone (overlays of its own). Default: the same. */
  readonly base?: Pick<GatewayInput, 'apis' | 'shared'>;
  /** The gateway's name where no block states one; without it the first title says it. */
  readonly name?: string;
  /** Name of the environment to apply. */
  readonly environment?: string;
  /** Absolute URL that makes relative and templated servers concrete. */
  readonly server?: string;
  /** Environments that may weaken guards. */
  readonly allowRelaxIn: readonly string[];
  /** Issuer → URL of its key set, as a lock file pins it: what discovery answered when it was last asked. */
  readonly pinned?: ReadonlyMap<string, string>;
}

/** What was read, and what was found while reading. */
export interface ReadGateway {
  /** Undefined exactly when an error was found. */
  readonly gateway: Gateway | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the entries of root maps stand that the gateway uses; empty without a gateway. */
  readonly used: readonly Origin[];
}

/**
 * Turns OpenAPI documents with `x-gateway` blocks into one gateway. Several documents share root maps, one order of
 * routes and one set of names. Nothing is thrown.
 */
export function readGateway(input: GatewayInput): ReadGateway {
  const { found, report } = collectDiagnostics();
  const blocks = readAllBlocks(input, report);
  const gateway = blocks === undefined ? undefined : buildGateway(input, blocks, report);
  if (blocks === undefined || hasErrors(found)) return { gateway: undefined, diagnostics: found, used: [] };
  const roots = blocks.flatMap(({ root }) => root ?? []);
  return { gateway, diagnostics: found, used: usedEntries(roots, found) };
}

/** Blocks of all documents under the chosen environment; those of other environments are read for their mistakes. */
function readAllBlocks(input: GatewayInput, report: Report): readonly DocumentBlocks[] | undefined {
  const { environment } = input;
  const apis = declaringDocuments(input);
  const chosen =
    environment === undefined ? baseNodes(apis, undefined) : applyEnvironment(apis, environment, report);
  const blocks = chosen?.map((nodes) => readBlocks(nodes, report));
  if (environment !== undefined && chosen !== undefined && !input.allowRelaxIn.includes(environment)) {
    const { base = input } = input;
    const before = baseNodes(base === input ? apis : declaringDocuments(base), environment);
    checkWeakening(
      environment,
      { documents: before, isShared: base.shared !== undefined },
      { documents: chosen, isShared: input.shared !== undefined },
      report,
    );
  }
  for (const name of environmentNames(apis)) {
    if (name === environment) continue;
    readOther(applyEnvironment(apis, name, report), report);
    servedAt(apis, name, undefined, report);
  }
  const whole = blocks?.filter((block) => block !== undefined);
  return whole?.length === apis.length ? whole : undefined;
}

function readOther(nodes: readonly DocumentNodes[] | undefined, report: Report): void {
  for (const document of nodes ?? []) readBlocks(document, report);
}

function buildGateway(
  input: GatewayInput,
  blocks: readonly DocumentBlocks[],
  report: Report,
): Gateway | undefined {
  const { apis, documents } = input;
  const [first] = apis;
  if (first === undefined) return undefined;
  const at = first.gateway?.at ?? first.at;
  const declared = blocks.flatMap(({ root: block }) => block ?? []);
  const root = mergeRoots(declared, documents, report);
  const keys = { documents, pinned: input.pinned ?? new Map() };
  const authenticators = readAuthenticators(root, apis, keys, report);
  const stated = root.tls?.value.clientCertificate;
  const tls = withClientCertificates(readTls(root.tls, at), stated, authenticators, report);
  const consumers = readConsumers(root.consumers, authenticators, report);
  checkOwnedHeaders(authenticators, tls, report);
  const backends = [...root.backends].flatMap(([name, block]) => readBackend(name, block, report) ?? []);
  const secrets = readSecrets(root.secrets);
  checkSecrets(secrets, secretReferences({ backends, authenticators, tls }), report);
  const sites = readSites(input, blocks, root, { tls, authenticators, consumers }, report);
  if (sites === undefined) return undefined;
  checkLoopback(backends, sites, report);
  checkCredentials(backends, ownedHeaders(authenticators, tls), report);
  return {
    name: root.name?.value ?? input.name ?? nameFromTitle(first.title),
    documents: apis.map(({ file, title, version }) => ({ file, title, version })),
    environment: input.environment,
    sites,
    backends,
    authenticators,
    consumers,
    schemas: [],
    secrets,
    tls,
    trustedProxies: readTrustedProxies(root.edge, tls, report),
    geo: undefined,
    waf: undefined,
    plans: [],
    accessLog: readAccessLog(root.logging, authenticators, allSchemes(apis), at, report),
    audit: { value: { events: ['authn-failure', 'authz-denial'], sink: undefined }, at },
    tracing: undefined,
    metrics: undefined,
    ownedHeaders: ownedHeaders(authenticators, tls),
    targets: readTargetSettings(root.targets, at),
    namedTargets: namedTargets(root.targets),
  };
}

function allSchemes(apis: readonly ApiDocument[]): readonly SecurityScheme[] {
  return apis.flatMap(({ schemes }) => [...schemes.values()]);
}

function readSites(
  input: GatewayInput,
  blocks: readonly DocumentBlocks[],
  root: MergedRoot,
  { tls, authenticators, consumers }: Pick<Gateway, 'tls' | 'authenticators' | 'consumers'>,
  report: Report,
): Gateway['sites'] | undefined {
  const doors = createFrontDoors(
    servedAt(declaringDocuments(input), input.environment, input.server, report),
    tls,
    report,
  );
  const policies = new Map([...root.policies].map(([name, { value }]) => [name, value]));
  const context = {
    authorize: authorizeReader(resolvePolicies(policies, report), {
      consumers: new Map(consumers.map((one) => [one.name, one])),
      backends: root.backends,
    }),
    backends: root.backends,
    authenticators: new Map(authenticators.map((one) => [one.name, one])),
    authenticatorKinds: new Map(
      [...root.authenticators].map(([name, { value }]) => [name, kindOfAuthenticator(value)] as const),
    ),
    clientCertificate: tls.clientCertificate,
    loginDefaults: loginDefaults(root.authenticators),
    ownedHeaders: ownedHeaders(authenticators, tls),
    frontDoors: doors.of,
  };
  reportRepeatedIds(input.apis, report);
  const shared = input.shared === undefined ? undefined : blocks[0]?.root?.defaults;
  const own = input.shared === undefined ? blocks : blocks.slice(1);
  const drafts = own.map((block, index) => readDrafts(block, { ...context, index, shared }, report));
  const whole = drafts.flatMap((one) => one ?? []);
  if (!drafts.includes(undefined)) {
    checkSharedPublic(shared, whole, report);
    doors.reportUnused();
    checkReferences(
      root,
      authenticators,
      whole.map(({ features }) => features),
      report,
    );
    if (whole.length === 0) report(diagnostic(nothingServed, input.apis[0]?.at, {}));
  }
  return whole.length === 0 ? undefined : buildSites(whole, report);
}

/** Within one document this is checked where the document is. */
function reportRepeatedIds(apis: readonly ApiDocument[], report: Report): void {
  const seen = new Map<string, { readonly api: ApiDocument; readonly operation: OperationItem }>();
  for (const api of apis) {
    for (const operation of api.paths.flatMap(({ operations }) => operations)) {
      const id = operation.operationId;
      if (id === undefined) continue;
      const first = seen.get(id.value);
      if (first === undefined) seen.set(id.value, { api, operation });
      else if (first.api !== api) {
        const options = { related: [related('The other operation.', first.operation.at)] };
        report(diagnostic(operationIdTwice, id.at, { id: id.value }, options));
      }
    }
  }
}
