import type { Backend } from '../../../model/backend.ts';
import type { Forward } from '../forward/forwards.ts';
import { hiddenHeaders } from '../forward/removed-headers.ts';
import {
  forwardVariable,
  type HeaderLine,
  hostOf,
  requestHeaderLines,
} from '../forward/request-header-lines.ts';
import { clientAuthorities } from '../front/client-certificates.ts';
import { type Front, type Listener, originOf } from '../front/fronts.ts';
import type { Plan } from '../plan.ts';
import { type ProxiedBackend, proxiedBackends } from '../proxied-backend.ts';
import { routeVariable } from '../routing/route-maps.ts';
import { secretPath } from '../secrets.ts';
import { hasHttp2Directive } from '../settings.ts';
import { address, serverName } from '../token/address.ts';
import {
  argument,
  duration,
  headerName,
  headerValue,
  interpolated,
  namedLocation,
  number,
  type Piece,
  size,
  text,
  variable,
  variableName,
} from '../token.ts';
import { mayQuoteCredentials } from './guards-view.ts';
import { methodVariable } from './routes-view.ts';

/** File name of a front's server block. */
export function frontFile(index: number): string {
  return `conf/front-${index}.conf`;
}

export function upstreamName({ name }: Pick<Backend, 'name'>): string {
  return `gw_backend_${name}`;
}

export function listenView({ address: host, port, tls }: Listener, plan: Plan) {
  return {
    listen: host === undefined ? number(port) : address(host, port),
    tls,
    http2Parameter: tls && !hasHttp2Directive(plan.settings),
    http2Directive: tls && hasHttp2Directive(plan.settings),
  };
}

/** The server block of one host: who it is, what every request to it must pass, and how back ends are reached. */
export function frontView(plan: Plan, front: Front) {
  const { host, listener, kind } = front;
  const authorities = clientAuthorities(plan.gateway);
  const behindProxy = plan.parts.tls.termination.value === 'upstream' && kind === 'public';
  return {
    listener: listenView(listener, plan),
    name: serverName(host.name),
    tls: listener.tls,
    certificate: certificateOf(plan, front),
    asksCertificates: front.listener.tls && authorities !== undefined,
    authorities: argument(authorities ?? ''),
    redirects: kind === 'redirect',
    location: interpolated(text(originOf(host)), variable('gw_path'), variable('gw_query')),
    mustBeSecure: behindProxy && host.scheme === 'https',
    mustBePlain: behindProxy && host.scheme === 'http',
    redirectsInsecure: plan.parts.tls.redirectHttp.value,
    operation: interpolated(
      text('/./gw/'),
      variable(routeVariable(front.site)),
      text('/'),
      variable(methodVariable(front.site)),
    ),
    operations: argument(operationsFile(front)),
    strict: listener.tls || behindProxy,
    headers: requestHeaderLines(plan.gateway, front, usualHost(plan, front), plan.headerVariables).map(
      headerView,
    ),
    hidden: hiddenNames(plan, []).map((name) => ({ name: headerName(name) })),
    guarded: plan.guards.length > 0,
    claims: plan.gateway.ownedHeaders.map((_, index) => ({
      variable: variableName(forwardVariable(index)),
      answered: variableName(`upstream_http_gwc_forward_${index}`),
    })),
    forwards: forwardsOf(plan, front).map((forward) => forwardView(plan, front, forward)),
  };
}

/** The Host header of back ends that are asked by their own name: a constant where there is one name only. */
function usualHost({ gateway }: Plan, front: Front): readonly Piece[] {
  const hosts = proxiedBackends(gateway)
    .filter(({ host }) => host === 'backend')
    .map((backend) => hostOf(backend, front));
  const texts = new Set(hosts.map((host) => JSON.stringify(host)));
  const [first] = hosts;
  return texts.size === 1 && first !== undefined ? first : [variable('gw_upstream_host')];
}

/** File of the operations that a front serves. */
export function operationsFile({ site, kind }: Pick<Front, 'site' | 'kind'>): string {
  return `conf/operations-${site}-${kind === 'internal' ? 'internal' : 'public'}.conf`;
}

/** Where the certificate of a host lies, unless the document names one. */
export function certificateFiles(plan: Plan, { host }: Pick<Front, 'host'>): { cert: string; key: string } {
  const name = host.name.replace(/[[\]]/g, '').replaceAll(':', '-');
  return plan.parts.tls.certificate?.value.files ?? { cert: `tls/${name}.crt`, key: `tls/${name}.key` };
}

function certificateOf(plan: Plan, front: Front) {
  const { cert, key } = certificateFiles(plan, front);
  return { cert: argument(cert), key: argument(key) };
}

function forwardsOf({ tables }: Plan, { site, kind }: Front): readonly Forward[] {
  const exposure = kind === 'internal' ? 'internal' : 'public';
  const operations = tables.find((table) => table.site === site && table.exposure === exposure)?.operations;
  return kind === 'redirect'
    ? []
    : [...new Set((operations ?? []).map(({ forwarded }) => forwarded.forward))];
}

function forwardView(plan: Plan, front: Front, forward: Forward) {
  const { backend, requestChanges, responseChanges, stripped, decided } = forward;
  const special =
    requestChanges !== undefined ||
    stripped.length > 0 ||
    decided.length > 0 ||
    backend.host === 'client' ||
    backend.credentials !== undefined;
  const response = responseChanges ?? { set: [], add: [], remove: [] };
  const hidden = [...response.remove, ...response.set.map(({ name }) => name)];
  const ownHsts = hidden.some((name) => name.toLowerCase() === 'strict-transport-security');
  return {
    name: namedLocation(forward.name),
    quiet: forward.parameters.length > 0 && mayQuoteCredentials(plan),
    bodySize: size(forward.bodySize),
    url: interpolated(
      text(`${backend.scheme}://${upstreamName(backend)}`),
      ...forward.path,
      variable(forward.parameters.length > 0 ? 'gw_kept_query' : 'gw_query'),
    ),
    connect: duration(backend.connectTimeout),
    timeout: duration(forward.timeout),
    retries: forward.retries,
    retryWithin: duration(backend.connectTimeout + 1000),
    ownHeaders: special,
    headers: special
      ? requestHeaderLines(plan.gateway, front, hostOf(backend, front), plan.headerVariables, {
          changes: requestChanges,
          stripped,
          decided,
          credentials: backend.credentials?.value,
        }).map(headerView)
      : [],
    withCredential: backend.credentials !== undefined,
    credentialFile: interpolated(
      text(secretPath(plan.gateway, backend.credentials?.value.secret ?? '') ?? 'none'),
    ),
    ownHidden: hidden.length > 0,
    hidden: hidden.length > 0 ? hiddenNames(plan, hidden).map((name) => ({ name: headerName(name) })) : [],
    ownAdded: response.set.length + response.add.length > 0,
    strict:
      !ownHsts &&
      (front.listener.tls || plan.parts.tls.termination.value === 'upstream') &&
      front.kind === 'public',
    added: [...response.set, ...response.add].map(({ name, value }) => ({
      name: headerName(name),
      value: headerValue(text(value)),
    })),
    ...backendTlsView(plan, backend),
  };
}

/** How nginx and a TLS back end prove to each other who they are. */
export function backendTlsView(plan: Plan, { tls }: ProxiedBackend) {
  const path = (name: string | undefined): string =>
    name === undefined ? plan.settings.authorities : (secretPath(plan.gateway, name) ?? '');
  const client = tls?.clientCertificate?.value;
  return {
    secure: tls !== undefined,
    serverName: interpolated(text(tls?.serverName.value ?? '')),
    verified: tls?.verify.value !== false,
    authorities: argument(path(tls?.ca?.value)),
    withCertificate: client !== undefined,
    clientCertificate: argument(client === undefined ? '' : path(client.cert)),
    clientKey: argument(client === undefined ? '' : path(client.key)),
  };
}

function headerView({ name, value }: HeaderLine) {
  return { name: headerName(name), value: value.length === 0 ? argument('') : headerValue(...value) };
}

/** The gateway's own strict transport security is the only one. */
function hiddenNames(plan: Plan, more: readonly string[]): readonly string[] {
  const https = plan.fronts.some(({ host }) => host.scheme === 'https');
  const names = [...hiddenHeaders, ...(https ? ['Strict-Transport-Security'] : []), ...more];
  const seen = new Set<string>();
  return names.filter((name) => {
    const lower = name.toLowerCase();
    if (seen.has(lower)) return false;
    seen.add(lower);
    return true;
  });
}

export type FrontView = ReturnType<typeof frontView>;
