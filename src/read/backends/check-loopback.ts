import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { isLoopback } from '../../extension/values/host.ts';
import type { Backend } from '../../model/backend.ts';
import type { Site } from '../../model/gateway.ts';
import { backendNeedsLoopback } from '../diagnostics.ts';

/** Back ends on loopback are for gateways whose every host is loopback (BEHAVIOUR.md B4). */
export function checkLoopback(backends: readonly Backend[], sites: readonly Site[], report: Report): void {
  const outside = sites.flatMap(({ hosts }) => hosts).find(({ name }) => !isLoopback(name));
  if (outside === undefined) return;
  for (const backend of backends) {
    for (const { value, at } of backend.kind === 'http' ? backend.nodes : []) {
      if (!isLoopback(value.host)) continue;
      const facts = { host: `${value.host}:${value.port}`, frontDoor: outside.name };
      report(
        diagnostic(backendNeedsLoopback, at, facts, { related: [related('The front door.', outside.at)] }),
      );
    }
  }
}
