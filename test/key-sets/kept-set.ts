import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../src/targets/target.ts';

/** Changes what is kept between requests, so that no test has to wait for a clock. */
export interface Times {
  readonly freshSeconds?: number;
  readonly retrySeconds?: number;
  readonly keepSeconds?: number;
}

/** The artifacts with other times for every key set, and no fence before the issuers. */
export const paced =
  (times: Times) =>
  (artifacts: readonly Artifact[]): readonly Artifact[] =>
    artifacts.map((one) => {
      if (one.path.startsWith('data/key-sets/')) {
        const data = JSON.parse(one.contents) as object;
        return { ...one, contents: JSON.stringify({ ...data, ...times }) };
      }
      if (one.path !== 'conf/key-sources.conf') return one;
      return { ...one, contents: one.contents.replace('rate=2r/m', 'rate=1000r/s') };
    });

/** Lets the only kept key set be older: what it says of times, and, as nginx counts, no longer fresh. */
export const letPass = (folder: string, seconds: number): void => {
  const file = keptFile(folder);
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  for (const name of ['fetched', 'asked']) {
    const found = new RegExp(`"${name}":([0-9]+(?:\\.[0-9]+)?)`).exec(text);
    if (found?.[1] === undefined || found[1] === '0') continue;
    const earlier = (Number(found[1]) - seconds).toFixed(3).padEnd(found[1].length, '0');
    bytes.write(earlier.slice(0, found[1].length), found.index + name.length + 3, 'latin1');
  }
  // ngx_http_file_cache_header_t: the version, then until when the answer is fresh.
  const fresh = bytes.readBigInt64LE(8) - BigInt(seconds);
  bytes.writeBigInt64LE(fresh, 8);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes);
  closeSync(descriptor);
};

const keptFile = (folder: string): string => {
  const place = join(folder, 'run/cache-keys');
  const files = readdirSync(place);
  if (files.length !== 1 || files[0] === undefined) throw new Error(`${files.length} key sets are kept`);
  return join(place, files[0]);
};
