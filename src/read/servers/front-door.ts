import type { Host } from '../../model/gateway.ts';
import type { Segment } from '../../model/path.ts';

/** One concrete server: where clients find an operation. */
export interface FrontDoor {
  readonly host: Host;
  /** Canonical raw text, '' or '/a/b'. */
  readonly basePath: string;
  readonly baseSegments: readonly Segment[];
  /** For messages: the URL as written, or as `--server` completed it. */
  readonly url: string;
}

/** What makes two servers one listener: name and port. */
export function authority(host: Host): string {
  return `${host.name}:${host.port}`;
}
