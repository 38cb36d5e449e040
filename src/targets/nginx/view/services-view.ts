import { hostOf } from '../forward/request-header-lines.ts';
import type { Plan } from '../plan.ts';
import { type ProxiedBackend, proxiedBackend } from '../proxied-backend.ts';
import { resolvesAtRunTime } from '../settings.ts';
import { address } from '../token/address.ts';
import { argument, duration, headerName, interpolated, text, word } from '../token.ts';
import { introspectionTime, type Service } from '../verifier/service.ts';
import { backendTlsView, upstreamName } from './front-view.ts';
import { isAddress } from './request-view.ts';

export type ServicesView = ReturnType<typeof servicesView>;
export type QuestionsView = ReturnType<typeof questionsView>;

type Kind<K extends Service['kind']> = Extract<Service, { readonly kind: K }>;

/** What stands beside all servers: the authorization servers that are asked about tokens. */
export function servicesView(plan: Plan) {
  const resolves = resolvesAtRunTime(plan.settings);
  return {
    servers: ofKind(plan, 'introspection').map((service, index) => {
      const { host, port } = endpointOf(service);
      return {
        name: word(introspectionUpstream(index)),
        address: address(host, port),
        shared: resolves,
        resolves: resolves && !isAddress(host),
      };
    }),
  };
}

/** The locations of the verifier's server that ask services. */
export function questionsView(plan: Plan) {
  return {
    files: ofKind(plan, 'users').map(({ location, check, file }) => ({
      location: argument(location),
      check: argument(check),
      url: argument(`http://gw_verifier${check}`),
      file: interpolated(text(file)),
    })),
    questions: [
      ...ofKind(plan, 'introspection').map((service, index) => introspectionView(plan, service, index)),
      ...ofKind(plan, 'backend').map((service) => backendView(plan, service)),
    ],
  };
}

function introspectionView(plan: Plan, service: Kind<'introspection'>, index: number) {
  const { secure, host, target, authority } = endpointOf(service);
  return {
    location: argument(service.location),
    host: interpolated(text(authority)),
    type: argument('application/x-www-form-urlencoded'),
    withCredential: true,
    credentialHeader: headerName('Authorization'),
    connect: duration(introspectionTime.connect),
    read: duration(introspectionTime.read),
    url: interpolated(text(`${secure ? 'https' : 'http'}://${introspectionUpstream(index)}${target}`)),
    secure,
    serverName: interpolated(text(host.replace(/^\[|\]$/g, ''))),
    verified: true,
    authorities: argument(plan.settings.authorities),
    withCertificate: false,
    clientCertificate: argument(''),
    clientKey: argument(''),
  };
}

function backendView(plan: Plan, service: Kind<'backend'>) {
  const backend = backendOf(plan, service.backend);
  const { credentials } = backend;
  const [front] = plan.fronts;
  return {
    location: argument(service.location),
    host: interpolated(...(front === undefined ? [] : hostOf(backend, front))),
    type: argument('application/json'),
    withCredential: credentials !== undefined,
    credentialHeader: headerName(credentials?.value.header ?? 'Authorization'),
    connect: duration(Math.min(service.timeoutMs, backend.connectTimeout)),
    read: duration(service.timeoutMs),
    url: interpolated(text(`${backend.scheme}://${upstreamName(backend)}${backend.basePath}${service.path}`)),
    ...backendTlsView(plan, backend),
  };
}

function backendOf({ gateway }: Plan, name: string): ProxiedBackend {
  const found = proxiedBackend(gateway, name);
  if (found === undefined) throw new Error(`no back end is called ${name}`);
  return found;
}

function ofKind<K extends Service['kind']>({ verifier }: Plan, kind: K): readonly Kind<K>[] {
  return verifier.services.filter((one): one is Kind<K> => one.kind === kind);
}

function introspectionUpstream(index: number): string {
  return `gw_introspection_${index}`;
}

/** An endpoint taken apart; `target` is its path and query. */
export function endpointOf({ endpoint }: Pick<Kind<'introspection'>, 'endpoint'>) {
  const { protocol, hostname, host, pathname, port, search } = new URL(endpoint);
  const secure = protocol === 'https:';
  return {
    secure,
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    authority: host,
    target: pathname + search,
  };
}
