import type { FacetsBlock } from '../../extension/index.ts';

/** Facets of one level, outermost first: defaults, path, operation. */
export interface Level {
  readonly kind: 'defaults' | 'path' | 'operation';
  readonly block: FacetsBlock;
  /** Names the level's rate limit counters: equal for everything that shares them, different for all else. */
  readonly identity: string;
  /** Readable words of it. */
  readonly words: string;
}

/** The nearest level that states a setting; a setting is taken as a whole. */
export function nearest<Key extends keyof FacetsBlock>(
  levels: readonly Level[],
  key: Key,
): FacetsBlock[Key] | undefined {
  return levels.findLast(({ block }) => block[key] !== undefined)?.block[key];
}
