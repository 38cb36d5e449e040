import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { BackendBlock, FacetsBlock } from '../extension/index.ts';
import type { Authentication, Authenticator, Requirement } from '../model/authentication.ts';
import type { OperationFeatures, Tls } from '../model/gateway.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import type { ApiDocument, OperationItem } from '../openapi/document.ts';
import type { AuthorizeReader } from '../policy/index.ts';
import { backendMissing, forwardedTwice, nameUnknown, policyOnPublic } from './diagnostics.ts';
import { accumulateGuards, type Guards } from './facets/accumulate-guards.ts';
import { effectiveClientCertificate } from './facets/client-certificate.ts';
import { headerChanges } from './facets/header-changes.ts';
import { ipAccess } from './facets/ip-access.ts';
import { type Level, nearest } from './facets/level.ts';
import { rateLimits } from './facets/rate-limits.ts';
import { rewriteTarget } from './facets/rewrite-target.ts';
import type { PathTemplate } from './path/path-template.ts';
import { checkAlternatives } from './security/check-alternatives.ts';
import { effectiveLogin, type LoginDefaults } from './security/effective-login.ts';
import { effectiveSecurity } from './security/effective-security.ts';
import { yieldsOf } from './security/yielded-facts.ts';

const defaultBodySize = 1024 * 1024;
const defaultTimeout = 29_000;

/** What all operations of a gateway refer to. */
export interface GatewayContext {
  readonly authorize: AuthorizeReader;
  readonly backends: ReadonlyMap<string, Sourced<BackendBlock>>;
  readonly authenticators: ReadonlyMap<string, Authenticator>;
  /** Also of those that could not be read. */
  readonly authenticatorKinds: ReadonlyMap<string, Authenticator['kind']>;
  readonly clientCertificate: Tls['clientCertificate'];
  readonly loginDefaults: LoginDefaults;
  readonly ownedHeaders: readonly string[];
}

/** One operation with the levels whose facets apply to it, outermost first. */
export interface OperationInput {
  readonly api: ApiDocument;
  readonly operation: OperationItem;
  readonly template: string;
  readonly path: PathTemplate;
  readonly levels: readonly Level[];
}

/** `GET "/users/{id}"`: how messages name an operation. */
export function operationTitle(operation: OperationItem, template: string): string {
  return `${operation.method} "${template}"`;
}

/** Everything that is effective for an operation, or undefined after a report. */
export function readOperation(
  input: OperationInput,
  context: GatewayContext,
  report: Report,
): OperationFeatures | undefined {
  const { operation, levels } = input;
  const title = operationTitle(operation, input.template);
  const guards = accumulateGuards(levels, report);
  const authentication = readSecurity(input, title, context, report);
  const backend = chooseBackend(title, operation.at, levels, context, report);
  const authorization = readAuthorization(input, guards, authentication?.value, context, report);
  const settings = readSettings(input, context, report);
  if (authentication === undefined || backend === undefined || authorization === undefined) return undefined;
  reportContradictions(title, authentication, authorization, context, report);
  const login = nearest(levels, 'login');
  return {
    authentication,
    authorization: authorization.length === 0 ? undefined : authorization,
    ipAccess: ipAccess(guards.ip),
    clientCertificate: effectiveClientCertificate(
      guards.clientCertificate,
      context.clientCertificate,
      report,
    ),
    limits: rateLimits(guards.limits),
    validation: undefined,
    waf: undefined,
    bodySize: guards.bodySize ?? { value: defaultBodySize, at: operation.at },
    backend: { value: { backend: backend.name, target: settings.target }, at: backend.at },
    canary: undefined,
    timeout: nearest(levels, 'timeout') ?? backend.timeout ?? { value: defaultTimeout, at: operation.at },
    retry: undefined,
    cache: undefined,
    cors: undefined,
    login: effectiveLogin(title, login, authentication.value, context, report),
    requestHeaders: settings.requestHeaders,
    requestQuery: undefined,
    responseHeaders: settings.responseHeaders,
    mock: undefined,
    lifecycle: undefined,
    websocket: undefined,
    pathCharacters: pathCharacters(nearest(levels, 'allowInPath')),
    exposure: exposure(nearest(levels, 'expose'), operation.at),
    relaxed: guards.relaxed.length === 0 ? undefined : guards.relaxed,
  };
}

/** Settings whose mistakes are worth telling even where a guard could not be read. */
function readSettings({ template, path, levels }: OperationInput, context: GatewayContext, report: Report) {
  return {
    requestHeaders: headerChanges(nearest(levels, 'request'), writtenHeaders(levels, context), report),
    responseHeaders: headerChanges(nearest(levels, 'response'), [], report),
    target: rewriteTarget(nearest(levels, 'rewrite'), template, path.parameters, report),
  };
}

/** Headers towards the back end that only the gateway writes. */
function writtenHeaders(
  levels: readonly Level[],
  { ownedHeaders, backends }: GatewayContext,
): readonly string[] {
  const chosen = backends.get(nearest(levels, 'backend')?.value ?? '');
  const credential = chosen?.value.credentials?.value.header.value;
  return credential === undefined ? ownedHeaders : [...ownedHeaders, credential];
}

function readSecurity(
  { api, operation, levels }: OperationInput,
  title: string,
  context: GatewayContext,
  report: Report,
): OperationFeatures['authentication'] | undefined {
  return effectiveSecurity(
    {
      title,
      at: operation.at,
      method: operation.method,
      own: operation.security,
      root: api.security,
      reason: publicReason(levels, ['operation', 'path']),
      defaultReason: publicReason(levels, ['defaults']),
      schemes: api.schemes,
      authenticators: context.authenticatorKinds,
    },
    report,
  );
}

function pathCharacters(block: FacetsBlock['allowInPath']): OperationFeatures['pathCharacters'] {
  if (block === undefined) return undefined;
  const { characters, reason } = block.value;
  return {
    value: { characters: characters.value.map(({ value }) => value), reason: reason.value },
    at: block.at,
  };
}

/** `none` never gets here: such an operation is not read. */
function exposure(stated: FacetsBlock['expose'], at: Origin): OperationFeatures['exposure'] {
  return { value: stated?.value === 'internal' ? 'internal' : 'public', at: stated?.at ?? at };
}

function publicReason(levels: readonly Level[], kinds: readonly Level['kind'][]): string | undefined {
  return nearest(
    levels.filter(({ kind }) => kinds.includes(kind)),
    'public',
  )?.value.reason.value;
}

function chooseBackend(
  title: string,
  at: Origin,
  levels: readonly Level[],
  context: GatewayContext,
  report: Report,
): { readonly name: string; readonly at: Origin; readonly timeout: Sourced<number> | undefined } | undefined {
  const chosen = nearest(levels, 'backend');
  if (chosen === undefined) {
    report(diagnostic(backendMissing, at, { operation: title }, { side: 'key' }));
    return undefined;
  }
  const block = context.backends.get(chosen.value);
  if (block === undefined) {
    const suggestion = didYouMean(chosen.value, context.backends.keys());
    report(diagnostic(nameUnknown, chosen.at, { kind: 'back end', name: chosen.value, suggestion }));
    return undefined;
  }
  return { name: chosen.value, at: chosen.at, timeout: block.value.timeouts?.value.read };
}

/** Conjuncts of all levels, each checked for this operation; undefined when one could not be read. */
function readAuthorization(
  { operation, path, levels }: OperationInput,
  guards: Guards,
  authentication: Authentication | undefined,
  context: GatewayContext,
  report: Report,
): readonly Sourced<Expression>[] | undefined {
  const conjuncts: Sourced<Expression>[] = [];
  const guarded = {
    at: operation.at,
    method: operation.method,
    pathParameters: path.parameters,
    relaxedPath: nearest(levels, 'allowInPath') !== undefined,
    yields: yieldsOf(authentication, context.authenticatorKinds),
  };
  for (const facet of guards.authorize) {
    const value = context.authorize(facet, guarded, report);
    if (value === undefined) return undefined;
    conjuncts.push({ value, at: facet.at });
  }
  return conjuncts;
}

/** A public operation has no identity to decide by, and identities of one alternative need distinct headers. */
function reportContradictions(
  title: string,
  { value: authentication, at }: OperationFeatures['authentication'],
  authorization: readonly Sourced<Expression>[],
  context: GatewayContext,
  report: Report,
): void {
  if (authentication.kind !== 'public') {
    checkAlternatives(title, authentication, context.authenticators, at, report);
    for (const alternative of authentication.anyOf) {
      reportForwardedTwice(title, alternative, at, context, report);
    }
    return;
  }
  const [first] = authorization;
  if (first !== undefined) report(diagnostic(policyOnPublic, first.at, { operation: title }));
}

function reportForwardedTwice(
  title: string,
  alternative: readonly Requirement[],
  at: Origin,
  context: GatewayContext,
  report: Report,
): void {
  const owners = new Map<string, string>();
  for (const { authenticator } of alternative) {
    for (const { header } of context.authenticators.get(authenticator)?.forward ?? []) {
      const one = owners.get(header.toLowerCase());
      if (one !== undefined) {
        report(diagnostic(forwardedTwice, at, { header, one, other: authenticator, operation: title }));
      }
      owners.set(header.toLowerCase(), authenticator);
    }
  }
}
