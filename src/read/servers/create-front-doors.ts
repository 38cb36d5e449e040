import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Tls } from '../../model/gateway.ts';
import type { Server } from '../../openapi/document.ts';
import { serverOptionInvalid, serverOptionUnused } from '../diagnostics.ts';
import { type AbsoluteUrl, parseAbsoluteUrl } from './absolute-url.ts';
import type { FrontDoor } from './front-door.ts';
import { resolveServers } from './resolve-servers.ts';
import type { ServedAt } from './served-at.ts';

export interface FrontDoors {
  /** Resolves a list of servers; one list is resolved once. */
  readonly of: (servers: readonly Server[]) => readonly FrontDoor[];
  /** Warns of a front door that was given and made nothing concrete. */
  readonly reportUnused: () => void;
}

/** Front doors of a gateway, which is served where the documents, the environment and `--server` say together. */
export function createFrontDoors({ server, values }: ServedAt, tls: Tls, report: Report): FrontDoors {
  let used = false;
  const override = server === undefined ? undefined : readOption(server, report);
  const context = {
    override,
    values,
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
      if (server === undefined || override === undefined || used) return;
      report(diagnostic(serverOptionUnused, server.at, server));
    },
  };
}

function readOption(server: NonNullable<ServedAt['server']>, report: Report): AbsoluteUrl | undefined {
  const parsed = parseAbsoluteUrl(server.url);
  if (parsed.ok) return parsed.url;
  report(diagnostic(serverOptionInvalid, server.at, { ...server, problem: parsed.problem }));
  return undefined;
}
