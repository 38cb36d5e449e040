import { hostOf } from '../forward/request-header-lines.ts';
import type { Plan } from '../plan.ts';
import { proxiedBackends } from '../proxied-backend.ts';
import { resolvesAtRunTime } from '../settings.ts';
import { address } from '../token/address.ts';
import { interpolated, mapKey, parameter, word } from '../token.ts';
import { upstreamName } from './front-view.ts';
import { isAddress } from './request-view.ts';

export type BackendsView = ReturnType<typeof backendsView>;

/** Some back end asks the gateway for a credential, which njs reads. */
export function showsCredentials({ gateway }: Pick<Plan, 'gateway'>): boolean {
  return proxiedBackends(gateway).some(({ credentials }) => credentials !== undefined);
}

/** One upstream for each back end, and the Host header of each. */
export function backendsView(plan: Plan) {
  const resolves = resolvesAtRunTime(plan.settings);
  const [front] = plan.fronts;
  return {
    withCredentials: showsCredentials(plan),
    upstreams: proxiedBackends(plan.gateway).map((backend) => ({
      name: word(upstreamName(backend)),
      leastConnections: backend.balance === 'least-connections',
      ipHash: backend.balance === 'ip-hash',
      shared: resolves || backend.nodes.length > 1,
      zone: word(upstreamName(backend)),
      servers: backend.nodes.map(({ value }) => ({
        address: address(value.host, value.port),
        weight: parameter('weight', value.weight),
        resolves: resolves && !isAddress(value.host),
      })),
    })),
    hosts: proxiedBackends(plan.gateway)
      .filter(({ host }) => host === 'backend')
      .map((backend) => ({
        upstream: mapKey(upstreamName(backend)),
        host: interpolated(...(front === undefined ? [] : hostOf(backend, front))),
      })),
  };
}
