import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Tls } from '../../model/gateway.ts';
import type { Server } from '../../openapi/document.ts';
import { serverOptionInvalid, serverOptionUnused } from '../diagnostics.ts';
import { type AbsoluteUrl, parseAbsoluteUrl } from './absolute-url.ts';
import type { FrontDoor } from './front-door.ts';
import { resolveServers } from './resolve-servers.ts';

export interface FrontDoors {
  /** Resolves a list of servers; one list is resolved once. */
  readonly of: (servers: readonly Server[]) => readonly FrontDoor[];
  /** Warns of a `--server` that made nothing concrete. */
  readonly reportUnused: () => void;
}

/** Front doors of a gateway; `option` is the URL given with `--server`. */
export function createFrontDoors(option: string | undefined, tls: Tls, report: Report): FrontDoors {
  let used = false;
  const override = option === undefined ? undefined : readOption(option, report);
  const context = {
    override,
    tls,
    overrideUsed: () => {
      used = true;
    },
  };
  const resolved = new Map<readonly Server[], readonly FrontDoor[]>();
  return {
    of: (servers) => {
      const doors = resolved.get(servers) ?? resolveServers(servers, context, report);
      resolved.set(servers, doors);
      return doors;
    },
    reportUnused: () => {
      if (override !== undefined && !used)
        report(diagnostic(serverOptionUnused, undefined, { url: option ?? '' }));
    },
  };
}

function readOption(option: string, report: Report): AbsoluteUrl | undefined {
  const parsed = parseAbsoluteUrl(option);
  if (parsed.ok) return parsed.url;
  report(diagnostic(serverOptionInvalid, undefined, { url: option, problem: parsed.problem }));
  return undefined;
}
