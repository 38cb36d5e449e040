import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Site } from '../../model/gateway.ts';
import { listenerConflict } from '../diagnostics.ts';
import { authority, type FrontDoor } from '../servers/front-door.ts';
import { collectRoutes } from './collect-routes.ts';
import type { DraftOperation, PlacedOperation } from './draft-operation.ts';

interface HostEntry {
  readonly door: FrontDoor;
  readonly placed: PlacedOperation[];
  /** Which operations the host serves below which base paths: equal for hosts of one site. */
  signature: string;
}

/** Groups hosts that serve the same operations below the same base paths, in the order in which hosts first appear. */
export function buildSites(drafts: readonly DraftOperation[], report: Report): readonly Site[] {
  const hosts = placeOnHosts(drafts, report);
  const groups = new Map<string, HostEntry[]>();
  for (const host of hosts) {
    const group = groups.get(host.signature);
    if (group === undefined) groups.set(host.signature, [host]);
    else group.push(host);
  }
  const ids = new Set<string>();
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const name = authority(first.door.host);
    const idOf = (placed: PlacedOperation): string => uniqueId(placed.draft.id, name, ids);
    const routes = collectRoutes(first.placed, name, idOf, report);
    return [{ hosts: group.map(({ door }) => door.host), routes }];
  });
}

/** An operation that is served on several sites is one operation for each, told apart by the site's first host. */
function uniqueId(id: string, host: string, taken: Set<string>): string {
  let unique = id;
  for (let suffix = `@${host}`; taken.has(unique); suffix = `${suffix}'`) unique = `${id}${suffix}`;
  taken.add(unique);
  return unique;
}

function placeOnHosts(drafts: readonly DraftOperation[], report: Report): readonly HostEntry[] {
  const hosts = new Map<string, HostEntry>();
  const conflicts = new Set<string>();
  for (const [index, draft] of drafts.entries()) {
    for (const door of draft.doors) {
      const key = authority(door.host);
      const entry = hosts.get(key) ?? { door, placed: [], signature: '' };
      hosts.set(key, entry);
      entry.placed.push({ draft, door });
      entry.signature += `${index} ${door.basePath}\n`;
      if (entry.door.host.scheme !== door.host.scheme && !conflicts.has(key)) {
        conflicts.add(key);
        const options = { related: [related('The other server.', entry.door.host.at)] };
        report(diagnostic(listenerConflict, door.host.at, { host: key }, options));
      }
    }
  }
  return [...hosts.values()];
}
