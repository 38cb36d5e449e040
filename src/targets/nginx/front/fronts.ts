import type { Gateway, Host, Tls } from '../../../model/gateway.ts';

/** One address that nginx listens on. */
export interface Listener {
  /** Undefined is every IPv4 address. */
  readonly address: string | undefined;
  readonly port: number;
  readonly tls: boolean;
}

/** One host on one listener: a `server` block of its own, so that everything about the host is a constant in it. */
export interface Front {
  readonly site: number;
  readonly host: Host;
  readonly listener: Listener;
  /** `redirect`: plain HTTP for a host that is served by https only. */
  readonly kind: 'public' | 'internal' | 'redirect';
}

/** Every server block, in the order of sites and hosts; no two with the same host on the same listener. */
export function frontsOf(gateway: Gateway, tls: Tls): readonly Front[] {
  const fronts = gateway.sites.flatMap((site, index) =>
    site.hosts.map(
      (host): Front => ({ site: index, host, listener: publicListener(gateway, tls, host), kind: 'public' }),
    ),
  );
  const taken = new Set(fronts.map(nameOf));
  const redirects = fronts.flatMap((front): readonly Front[] => {
    const listener = redirectListener(gateway, tls, front);
    if (listener === undefined) return [];
    const redirect: Front = { ...front, listener, kind: 'redirect' };
    return taken.has(nameOf(redirect)) ? [] : [redirect];
  });
  return withoutTwins([...fronts, ...redirects, ...internalFronts(gateway)]);
}

/** Every listener once, in the order of its first front. */
export function listenersOf(fronts: readonly Front[]): readonly Listener[] {
  const found = new Map<string, Listener>();
  for (const { listener } of fronts) {
    const name = listenerName(listener);
    const known = found.get(name);
    found.set(name, { ...listener, tls: listener.tls || known?.tls === true });
  }
  return [...found.values()];
}

export function listenerName({ address, port }: Listener): string {
  return `${address ?? '*'}:${port}`;
}

function publicListener(gateway: Gateway, tls: Tls, host: Host): Listener {
  const { listen } = gateway.targets.nginx;
  const address = addressOf(host);
  if (host.scheme === 'http') return { address, port: listen.http?.value ?? host.port, tls: false };
  if (tls.termination.value === 'here') return { address, port: listen.https?.value ?? host.port, tls: true };
  return { address, port: listen.http?.value ?? (host.port === 443 ? 80 : host.port), tls: false };
}

function redirectListener(gateway: Gateway, tls: Tls, { host, listener }: Front): Listener | undefined {
  if (!listener.tls || !tls.redirectHttp.value) return undefined;
  const port = gateway.targets.nginx.listen.http?.value ?? (host.port === 443 ? 80 : undefined);
  return port === undefined ? undefined : { address: listener.address, port, tls: false };
}

/** Internal operations are served on their own address, under the hosts of their site. */
function internalFronts(gateway: Gateway): readonly Front[] {
  const internal = gateway.targets.nginx.listen.internal?.value;
  if (internal === undefined) return [];
  const listener: Listener = { address: anyAddress(internal.address), port: internal.port, tls: false };
  return gateway.sites.flatMap((site, index) =>
    site.routes.some((route) =>
      route.operations.some(({ features }) => features.exposure.value === 'internal'),
    )
      ? site.hosts.map((host): Front => ({ site: index, host, listener, kind: 'internal' }))
      : [],
  );
}

/** A host that names this machine only is served on this machine only. */
function addressOf({ name }: Host): string | undefined {
  if (name === 'localhost' || name.endsWith('.localhost')) return '127.0.0.1';
  if (/^127\.\d+\.\d+\.\d+$/.test(name) || name === '[::1]') return name;
  return name.startsWith('[') ? '[::]' : undefined;
}

function anyAddress(address: string): string | undefined {
  if (address === '0.0.0.0') return undefined;
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}

function nameOf({ host, listener }: Front): string {
  return `${host.name} ${listenerName(listener)}`;
}

function withoutTwins(fronts: readonly Front[]): readonly Front[] {
  const seen = new Set<string>();
  return fronts.filter((front) => {
    const name = nameOf(front);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** `https://a.test`, the port where it is not the scheme's own. */
export function originOf(host: Host): string {
  return `${host.scheme}://${authorityOf(host)}`;
}

/** `a.test`, or `a.test:8443`. */
export function authorityOf({ name, port, scheme }: Pick<Host, 'name' | 'port' | 'scheme'>): string {
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
