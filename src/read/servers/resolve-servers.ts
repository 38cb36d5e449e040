import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { isLoopback } from '../../extension/values/host.ts';
import type { Tls } from '../../model/gateway.ts';
import type { Server } from '../../openapi/document.ts';
import { serverIgnored, serverInsecure } from '../diagnostics.ts';
import type { AbsoluteUrl } from './absolute-url.ts';
import { concreteUrl, type ServerValues } from './concrete-url.ts';
import { authority, type FrontDoor } from './front-door.ts';

export interface ServerContext {
  readonly override: AbsoluteUrl | undefined;
  readonly values: ServerValues;
  readonly tls: Pick<Tls, 'termination' | 'redirectHttp'>;
  /** Called when `--server` made a server concrete. */
  readonly overrideUsed: () => void;
}

/**
 * The front doors of a list of servers, in order; servers that cannot be served are reported and left out. The first
 * server of a host and port wins. An http server beside an https one of the same host only redirects.
 */
export function resolveServers(
  servers: readonly Server[],
  context: ServerContext,
  report: Report,
): readonly FrontDoor[] {
  const doors = servers.flatMap((server) => resolveServer(server, context, report) ?? []);
  const chosen = new Map<string, FrontDoor>();
  for (const door of doors) {
    const secure = door.host.scheme === 'http' ? secureTwin(door, doors) : undefined;
    const first = secure ?? chosen.get(authority(door.host));
    if (first === undefined) {
      if (isAllowed(door, context, report)) chosen.set(authority(door.host), door);
    } else if (secure === undefined || !context.tls.redirectHttp.value || secure.basePath !== door.basePath) {
      ignore(door, first, report);
    }
  }
  return [...chosen.values()];
}

function resolveServer(server: Server, context: ServerContext, report: Report): FrontDoor | undefined {
  const concrete = concreteUrl(server, context.override, context.values, report);
  if (concrete === undefined) return undefined;
  if (concrete.overridden) context.overrideUsed();
  const { scheme, host, port, path } = concrete.url;
  return {
    host: { name: host, port, scheme, at: server.at },
    basePath: path.text,
    baseSegments: path.segments,
    url:
      concrete.overridden || server.url.includes('{')
        ? `${scheme}://${host}:${port}${path.text}`
        : server.url,
  };
}

/** The https server on the default port of the host that an http server on its default port names. */
function secureTwin(door: FrontDoor, doors: readonly FrontDoor[]): FrontDoor | undefined {
  if (door.host.port !== 80) return undefined;
  return doors.find(
    ({ host }) => host.scheme === 'https' && host.port === 443 && host.name === door.host.name,
  );
}

function isAllowed(door: FrontDoor, context: ServerContext, report: Report): boolean {
  const { scheme, name, at } = door.host;
  if (scheme === 'https' || context.tls.termination.value === 'upstream') return true;
  if (isLoopback(name)) return true;
  report(diagnostic(serverInsecure, at, { url: door.url }));
  return false;
}

function ignore(door: FrontDoor, chosen: FrontDoor, report: Report): void {
  if (door.host.scheme === chosen.host.scheme && door.basePath === chosen.basePath) return;
  const options = { related: [related('This server is used.', chosen.host.at)] };
  report(diagnostic(serverIgnored, door.host.at, { url: door.url, chosen: chosen.url }, options));
}
