import type { Gateway, Host, Site } from '../model/gateway.ts';
import { parseIpAddress } from '../policy/index.ts';
import { isWithin } from './client-address.ts';
import type { Arrival } from './decision.ts';
import { accept, badRequest, type FieldLine, fieldValues, type Result, refuse } from './parse-head.ts';

/** The site that serves a request, and the host of the document that it was addressed to. */
export interface ChosenSite {
  readonly site: Site;
  readonly host: Host;
  /** The request came by plain HTTP to a host that is https: it is redirected, never served (BEHAVIOUR.md T2). */
  readonly redirect: boolean;
  /** The client is on TLS, here or at a trusted load balancer. */
  readonly secure: boolean;
}

/** What `Host` says, for routing and for the authority of an absolute-form target. */
export interface Authority {
  readonly name: string;
  /** As sent. */
  readonly text: string;
  /** The port is no TCP port: a server may refuse it, or ignore it as this one does. */
  readonly oddPort: boolean;
}

/** Reads the Host field (RFC 9112 §3.2): exactly one in HTTP/1.1, name lower case without trailing dot. */
export function readAuthority(fields: readonly FieldLine[], minorVersion: number): Result<Authority> {
  const [text, ...others] = fieldValues(fields, 'host');
  if (others.length > 0) return badRequest(421);
  if (text === undefined && minorVersion === 0) return refuse(421, 'misdirected-request', 400);
  const [, name = '', port = ''] = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]*)(?::(.*))?$/s.exec(text ?? '') ?? [];
  if (text === undefined || name === '' || /[/\\\s\x00-\x20\x7f]|\.\./.test(text)) return badRequest(421);
  return accept({ name: name.toLowerCase().replace(/\.$/, ''), text, oddPort: !isPort(port) });
}

function isPort(text: string): boolean {
  return /^[0-9]{0,5}$/.test(text) && Number(text) <= 65_535;
}

/** The site for a host on a listener, or undefined: 421 (BEHAVIOUR.md H1, H2, T2, T3). */
export function chooseSite(
  gateway: Gateway,
  arrival: Arrival,
  name: string,
  fields: readonly FieldLine[],
): ChosenSite | undefined {
  const named = gateway.sites.flatMap((site) =>
    site.hosts.filter((host) => host.name === name).map((host) => ({ site, host })),
  );
  const { listener } = arrival;
  if (listener === 'internal') {
    const [first] = named;
    return first === undefined ? undefined : { ...first, redirect: false, secure: false };
  }
  if (gateway.tls.termination.value === 'upstream')
    return behindLoadBalancer(gateway, arrival, named, fields);
  if (listener === 'https' && !agrees(arrival.serverName, name)) return undefined;
  const served = named.find(({ host }) => host.scheme === listener && portOf(gateway, host) === arrival.port);
  if (served !== undefined) return { ...served, redirect: false, secure: listener === 'https' };
  const secure = named.find(({ host }) => host.scheme === 'https');
  if (listener === 'https' || secure === undefined || !gateway.tls.redirectHttp.value) return undefined;
  return { ...secure, redirect: true, secure: false };
}

interface Named {
  readonly site: Site;
  readonly host: Host;
}

/** A trusted load balancer ends TLS: the scheme is what its X-Forwarded-Proto says, nobody else's. */
function behindLoadBalancer(
  gateway: Gateway,
  arrival: Arrival,
  named: readonly Named[],
  fields: readonly FieldLine[],
): ChosenSite | undefined {
  const peer = parseIpAddress(arrival.peer);
  const trusted =
    peer !== undefined &&
    isWithin(
      peer,
      gateway.trustedProxies.map(({ value }) => value),
    );
  const [scheme, ...others] = fieldValues(fields, 'x-forwarded-proto');
  const secure = trusted && others.length === 0 && scheme?.toLowerCase() === 'https';
  const plain = secure ? undefined : named.find(({ host }) => host.scheme === 'http');
  const chosen = plain ?? named.find(({ host }) => host.scheme === 'https');
  if (chosen === undefined) return undefined;
  const redirect = chosen.host.scheme === 'https' && !secure;
  return redirect && !gateway.tls.redirectHttp.value ? undefined : { ...chosen, redirect, secure };
}

function portOf(gateway: Gateway, host: Host): number {
  return gateway.targets.nginx.listen[host.scheme]?.value ?? host.port;
}

/** Server name indication must name the host; addresses are never sent in it (RFC 6066 §3). */
function agrees(serverName: string | undefined, name: string): boolean {
  const isAddress = name.startsWith('[') || parseIpAddress(name) !== undefined;
  return isAddress ? serverName === undefined : serverName?.toLowerCase().replace(/\.$/, '') === name;
}

/** `https://a.test`, the port where it is not the scheme's own. */
export function originOf(host: Host): string {
  return `${host.scheme}://${authorityOf(host)}`;
}

/** `a.test`, or `a.test:8443`. */
export function authorityOf(host: Host): string {
  const usual = host.scheme === 'https' ? 443 : 80;
  return host.port === usual ? host.name : `${host.name}:${host.port}`;
}
