import type { Origin } from '../../model/origin.ts';

/** Whether a fact was written under this name: a default has the origin of what surrounds it. */
export function isStated({ pointer }: Origin, name: string): boolean {
  return pointer.endsWith(`/${name}`);
}
