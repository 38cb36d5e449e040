import type { Plan } from '../plan.ts';
import { keepsByItself, resolvesAtRunTime } from '../settings.ts';
import { address } from '../token/address.ts';
import { argument, filePath, interpolated, text, variable, word } from '../token.ts';
import { type FetchedKeySet, fetchedKeySets } from '../verifier/key-sets.ts';
import { isAddress } from './request-view.ts';

export type KeySourcesView = ReturnType<typeof keySourcesView>;
export type KeySetsView = ReturnType<typeof keySetsView>;

/** What stands beside all servers: the issuers, the caches that workers share, the pace of questions. */
export function keySourcesView(plan: Plan) {
  const { settings } = plan;
  const resolves = resolvesAtRunTime(settings);
  const folder = (name: string) => {
    const path = `${settings.cache}-${name}`;
    return settings.cache === 'run/cache' ? filePath(path) : argument(path);
  };
  return {
    keys: folder('keys'),
    attempts: folder('attempts'),
    sources: fetchedKeySets(plan.gateway).map(({ id, url }) => ({
      name: word(upstreamName(id)),
      address: address(url.host, url.port),
      shared: resolves,
      closes: keepsByItself(settings),
      resolves: resolves && !isAddress(url.host),
    })),
  };
}

/** The locations of the verifier's server that keep key sets and ask for them. */
export function keySetsView({ gateway, settings }: Plan) {
  return {
    sets: fetchedKeySets(gateway).map((set) => ({
      ...locations(set.id),
      key: interpolated(text(set.id)),
      newest: argument(`http://gw_verifier/newest/${set.id}`),
      fetch: argument(`http://gw_verifier/fetch/${set.id}`),
      url: interpolated(text(`${set.url.scheme}://${upstreamName(set.id)}${set.url.target}`)),
      base: interpolated(text(`${set.url.scheme}://${upstreamName(set.id)}/`), variable('args')),
      discovers: set.kind === 'discovery',
      secure: set.url.scheme === 'https',
      host: interpolated(text(hostHeader(set))),
      serverName: interpolated(text(set.url.host.replace(/^\[|\]$/g, ''))),
      authorities: argument(settings.authorities),
    })),
  };
}

function locations(id: string) {
  const at = (name: string) => argument(`/${name}/${id}`);
  return {
    keys: at('keys'),
    renew: at('renew'),
    kept: at('kept'),
    attempt: at('attempt'),
    remote: at('remote'),
    discovered: at('discovered'),
  };
}

function hostHeader({ url: { scheme, host, port } }: FetchedKeySet): string {
  return port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`;
}

function upstreamName(id: string): string {
  return `gw_keys_${id}`;
}
