import type { VendorOperation, VendorServer } from './vendor-document.ts';

/** Where clients find an operation. */
export interface FrontDoor {
  readonly host: string;
  /** Base path, without a slash at its end. */
  readonly base: string;
  readonly secure: boolean;
}

/** The first door of each host that serves an operation; `server` is what `--server` says. */
export function frontDoors({ servers }: VendorOperation, server: string | undefined): readonly FrontDoor[] {
  const doors = servers.map((one) => frontDoor(one, server));
  const secured = new Set(doors.flatMap(({ host, secure }) => (secure ? [host] : [])));
  const chosen = new Map<string, FrontDoor>();
  for (const door of doors) {
    if (chosen.has(door.host) || (!door.secure && secured.has(door.host))) continue;
    chosen.set(door.host, door);
  }
  return [...chosen.values()];
}

function frontDoor({ url, variables }: VendorServer, server: string | undefined): FrontDoor {
  const [, origin = '', path = ''] = /^((?:[a-z]+:\/\/)?[^/]*)(.*)$/s.exec(url) ?? [];
  const base = path.replace(/\{([^{}]*)\}/g, (_, name: string) => variables.get(name) ?? '');
  const concrete = origin === '' || origin.includes('{') ? server : origin;
  if (concrete === undefined) throw new Error(`the server ${url} names no host`);
  const { protocol, hostname } = new URL(concrete);
  return { host: hostname, base, secure: protocol === 'https:' };
}
