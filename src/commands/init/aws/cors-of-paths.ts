import { type Entry, entryLines, nested } from '../draft-entry.ts';
import type { Findings } from './findings.ts';
import type { ImportedPath } from './imported-operation.ts';
import { preflightCors } from './read-cors.ts';

/** What the preflight mocks of a document come to. */
export interface PathCors {
  /** `cors` of all paths, where every path has the same. */
  readonly defaults: readonly Entry[];
  /** `cors` of one path. */
  readonly facetsOf: (path: ImportedPath) => readonly Entry[];
  readonly has: (path: ImportedPath) => boolean;
}

const WHY =
  'From the preflight mocks (OPTIONS) of API Gateway, which are left out below: the gateway answers in their place.';

/** One `cors` for all paths only where each of them has it: a default would open the others. */
export function corsOfPaths(paths: readonly ImportedPath[], findings: Findings): PathCors {
  const found = new Map<ImportedPath, readonly Entry[]>();
  for (const path of paths) {
    const answer = path.operations.find(({ preflight }) => preflight !== undefined)?.preflight;
    if (answer === undefined) continue;
    const declared = path.operations.map(({ method }) => method).filter((method) => method !== 'OPTIONS');
    found.set(path, preflightCors(answer, path.any === undefined ? declared : undefined, findings));
  }
  const texts = new Set([...found.values()].map((entries) => entryLines(entries).join('\n')));
  const [first] = found.values();
  const isShared = first !== undefined && texts.size === 1 && found.size === paths.length;
  return {
    defaults: isShared ? [nested('cors', first, WHY)] : [],
    facetsOf: (path) => {
      const own = found.get(path);
      return own === undefined || isShared ? [] : [nested('cors', own, WHY)];
    },
    has: (path) => found.has(path),
  };
}
