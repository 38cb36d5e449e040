import type { Gateway, NginxSettings } from '../../model/gateway.ts';

/** `targets.nginx` with every default filled in. */
export interface Settings {
  /** The release line, `1.<minor>`; a line stands for its last release. */
  readonly minor: number;
  readonly version: string;
  readonly user: string | undefined;
  readonly workers: number | 'auto';
  /** Folder of dynamic modules, without a slash at the end. */
  readonly modules: string;
  /** Bundle of the authorities that back ends without their own are verified with. */
  readonly authorities: string;
  /** Folder of cached decisions. */
  readonly cache: string;
  readonly resolver: readonly string[];
  readonly verifierPort: number;
  readonly errorLevel: NonNullable<NginxSettings['errorLog']>['value'];
}

/** Debian's places and the gateway's own defaults. */
export function settingsOf({ targets: { nginx } }: Gateway): Settings {
  return {
    minor: minorOf(nginx.version.value),
    version: nginx.version.value,
    user: nginx.user?.value,
    workers: nginx.workers.value,
    modules: (nginx.paths.modules?.value ?? '/usr/lib/nginx/modules').replace(/\/$/, ''),
    authorities: nginx.paths.certificates?.value ?? '/etc/ssl/certs/ca-certificates.crt',
    cache: nginx.paths.cache?.value ?? 'run/cache',
    resolver: nginx.resolver?.value ?? [],
    verifierPort: nginx.listen.verifier?.value ?? 18089,
    errorLevel: nginx.errorLog?.value ?? 'crit',
  };
}

export function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

/** `http2 on;` replaced a parameter of `listen` in 1.25.1. */
export function hasHttp2Directive({ minor }: Settings): boolean {
  return minor >= 25;
}

/** `server name resolve` came to the open-source nginx with 1.27.3. */
export function resolvesAtRunTime({ minor, resolver }: Settings): boolean {
  return minor >= 27 && resolver.length > 0;
}

/** `max_headers` came with 1.29.8; 1.30 is the first stable line that has it. */
export function limitsHeaderCount({ minor }: Settings): boolean {
  return minor >= 30;
}

/**
 * Since 1.29.7, upstreams keep connections by themselves; a kept one that fails makes nginx ask again. Before, 0 is no
 * count that `keepalive` takes.
 */
export function keepsByItself({ minor }: Settings): boolean {
  return minor >= 30;
}

/** From 1.23.0 on, `$http_name` joins the lines of a repeated header; before, it is the first of them. */
export function joinsHeaderLines(minor: number): boolean {
  return minor >= 23;
}
