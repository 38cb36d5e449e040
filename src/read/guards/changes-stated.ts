import type { Node } from '../../source/node.ts';

/** Fields of an incomplete block of the base that an environment does not leave as they are. */
export function changesStated(before: Node, after: Node): readonly string[] {
  return before.entries().flatMap(([field, node]) => {
    const patched = after.child(field);
    return JSON.stringify(node.value) === JSON.stringify(patched?.value) ? [] : [field];
  });
}
