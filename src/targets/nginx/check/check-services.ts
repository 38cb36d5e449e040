import type { Authenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { proxiedBackend } from '../proxied-backend.ts';
import type { Directive } from '../reparse/parse.ts';
import { secretPath } from '../secrets.ts';
import type { ExternalService } from '../verifier/external-location.ts';
import { servicesAsked } from '../verifier/services-asked.ts';
import { checkTls } from './check-servers.ts';
import { argumentsOf, type Configuration, named } from './read-back.ts';

/** A location of the verifier's server, with what it is there for. */
interface Question {
  readonly path: string;
  readonly block: readonly Directive[];
  readonly url: string;
}

/** One sentence for each thing that is not as it must be; `url` is where a question must go. */
interface Demand {
  readonly who: string;
  /** How many locations ask there: one for each authenticator that shares the users file or the server. */
  readonly locations: number;
  readonly url: (question: Question) => boolean;
  readonly checks: (question: Question) => readonly string[];
}

/**
 * Every service that some operation needs has its internal location, one for each authenticator, which asks it as the
 * model says, and nothing else is asked.
 */
export function checkServices(gateway: Gateway, files: Configuration): readonly string[] {
  const locations = named(files.get('conf/questions.conf'), 'location');
  const questions = locations.flatMap(({ args, block = [] }): readonly Question[] => {
    const url = argumentsOf(block, 'proxy_pass')?.[0];
    return url === undefined ? [] : [{ path: args[1] ?? '', block, url }];
  });
  const demands = demandsOf(gateway, files, locations);
  return [
    ...questions
      .filter(({ block }) => argumentsOf(block, 'internal') === undefined)
      .map(({ path }) => `The location "${path}" is not internal.`),
    ...questions
      .filter((question) => !demands.some(({ url }) => url(question)))
      .map(({ path, url }) => `The location "${path}" asks "${url}", which is no service of the gateway.`),
    ...demands.flatMap(({ who, locations: wanted, url, checks }) => {
      const found = questions.filter(url);
      return found.length !== wanted
        ? [`${who} is not asked at ${wanted} location${wanted === 1 ? '' : 's'}.`]
        : found.flatMap(checks);
    }),
  ];
}

function demandsOf(
  gateway: Gateway,
  files: Configuration,
  locations: readonly Directive[],
): readonly Demand[] {
  const operations = gateway.sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  const guarded = operations.flatMap(({ features: { authentication, authorization } }) =>
    authentication.value.kind === 'public'
      ? []
      : [{ anyOf: authentication.value.anyOf, policies: authorization ?? [] }],
  );
  const names = new Set(guarded.flatMap(({ anyOf }) => anyOf.flat().map((one) => one.authenticator)));
  const used = gateway.authenticators.filter(({ name }) => names.has(name));
  const external = [
    ...used.flatMap((one) => (one.kind === 'external' ? [{ ...one, backend: one.backend.value }] : [])),
    ...guarded.flatMap(({ policies }) => policies.flatMap(({ value }) => servicesAsked(value))),
  ];
  const distinct = new Map(
    external.map((one) => [JSON.stringify([one.backend, one.path, one.timeoutMs]), one] as const),
  );
  return [
    ...used.flatMap((one) => demandOf(one, used, gateway, files, locations)),
    ...[...distinct.values()].map((one) => externalDemand(one, gateway)),
  ];
}

function demandOf(
  authenticator: Authenticator,
  used: readonly Authenticator[],
  gateway: Gateway,
  files: Configuration,
  locations: readonly Directive[],
): readonly Demand[] {
  const count = used.filter((one) => sharesService(one, authenticator, gateway)).length;
  if (authenticator.kind === 'basic') {
    const file = secretPath(gateway, authenticator.users.value);
    const checks = locations.filter(({ block }) => {
      const asks = argumentsOf(block, 'auth_basic')?.[0];
      const admits = argumentsOf(block, 'js_content')?.[0] === 'gateway.admit';
      return admits && asks !== undefined && asks !== 'off' && filesOf(block)[0] === file;
    });
    const who = `The users file of "${authenticator.name}"`;
    const urls = checks.map(({ args }) => `http://gw_verifier${args[1]}`);
    return [
      {
        who,
        locations: count,
        url: (one) => urls.includes(one.url),
        checks: (one) => checkCredential(who, one, 'Authorization'),
      },
    ];
  }
  if (authenticator.kind !== 'introspection') return [];
  const endpoint = new URL(authenticator.endpoint.value);
  const who = `The authorization server of "${authenticator.name}"`;
  return [
    {
      who,
      locations: count,
      url: (one) => isEndpoint(one.url, endpoint, files),
      checks: (one) => [
        ...checkCredential(who, one, 'Authorization'),
        ...(endpoint.protocol === 'http:' || verifies(one.block, endpoint)
          ? []
          : [`${who} is not verified.`]),
      ],
    },
  ];
}

/** Whether two authenticators read one users file, or ask one authorization server. */
function sharesService(one: Authenticator, other: Authenticator, gateway: Gateway): boolean {
  if (one.kind === 'basic' && other.kind === 'basic')
    return secretPath(gateway, one.users.value) === secretPath(gateway, other.users.value);
  return (
    one.kind === 'introspection' &&
    other.kind === 'introspection' &&
    one.endpoint.value === other.endpoint.value
  );
}

function filesOf(block: readonly Directive[] | undefined): readonly string[] {
  return argumentsOf(block, 'auth_basic_user_file') ?? [];
}

/** The address leads to the endpoint by an upstream that has its host as the only server. */
function isEndpoint(url: string, endpoint: URL, files: Configuration): boolean {
  const [, scheme, upstream, target] = /^(https?:)\/\/(\w+)(\/.*)$/.exec(url) ?? [];
  if (scheme !== endpoint.protocol || target !== endpoint.pathname + endpoint.search) return false;
  const block = named(files.get('conf/services.conf'), 'upstream').find(({ args }) => args[0] === upstream);
  const port = endpoint.port === '' ? (scheme === 'https:' ? '443' : '80') : endpoint.port;
  return argumentsOf(block?.block, 'server')?.[0] === `${endpoint.hostname}:${port}`;
}

function verifies(block: readonly Directive[], { hostname }: URL): boolean {
  return (
    argumentsOf(block, 'proxy_ssl_verify')?.[0] === 'on' &&
    argumentsOf(block, 'proxy_ssl_trusted_certificate') !== undefined &&
    argumentsOf(block, 'proxy_ssl_name')?.[0] === hostname.replace(/^\[|\]$/g, '')
  );
}

function externalDemand({ backend: name, path, timeoutMs }: ExternalService, gateway: Gateway): Demand {
  const who = `The service "${path}" of "${name}"`;
  const backend = proxiedBackend(gateway, name);
  if (backend === undefined) return { who, locations: 1, url: () => false, checks: () => [] };
  const address = `${backend.scheme}://gw_backend_${name}${backend.basePath}${path}`;
  const times = [`${timeoutMs}ms`, `${timeoutMs / 1000}s`];
  return {
    who,
    locations: 1,
    url: ({ url, block }) =>
      url.replaceAll('${gw_dollar}', '$') === address &&
      times.includes(argumentsOf(block, 'proxy_read_timeout')?.[0] ?? ''),
    checks: (one) => [
      ...checkTls(backend, one.block),
      ...(backend.credentials === undefined
        ? []
        : checkCredential(who, one, backend.credentials.value.header)),
    ],
  };
}

/** The header is there once, and only from the variable that is set for each question. */
function checkCredential(who: string, { block }: Question, header: string): readonly string[] {
  const sent = named(block, 'proxy_set_header').filter(
    ({ args }) => args[0]?.toLowerCase() === header.toLowerCase(),
  );
  const holds = sent.length === 1 && sent[0]?.args[1] === '$gw_service_credential';
  const others = argumentsOf(block, 'proxy_pass_request_headers')?.[0] === 'off';
  return holds && others ? [] : [`${who} is not shown the credential that it asks for.`];
}
