import { mergePatch } from '../../source/merge-patch.ts';
import { type Node, nodeOf } from '../../source/node.ts';

/**
 * The root block with an environment's merge patch (RFC 7396) and the exceptions of LANGUAGE.md §3: a secret and
 * `tls.certificate` are replaced whole, and a patched `url` or `nodes` of a back end removes the other.
 */
export function patchRoot(block: Node, patch: Node): Node {
  return mergePatch(mergePatch(block, removals(patch)), patch);
}

/** A patch that removes what must not be merged. */
function removals(patch: Node): Node {
  const secrets = (patch.child('secrets')?.entries() ?? []).map(([name]) => [name, null] as const);
  const backends = (patch.child('backends')?.entries() ?? []).flatMap(([name, backend]) => {
    const other = isStated(backend, 'url') ? 'nodes' : isStated(backend, 'nodes') ? 'url' : undefined;
    return other === undefined ? [] : [[name, { [other]: null }] as const];
  });
  const removed = {
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
    ...(backends.length === 0 ? {} : { backends: Object.fromEntries(backends) }),
    ...(patch.child('tls')?.child('certificate') === undefined ? {} : { tls: { certificate: null } }),
  };
  return nodeOf(removed, patch.at);
}

function isStated(backend: Node, field: 'url' | 'nodes'): boolean {
  const value = backend.child(field)?.value;
  return value !== undefined && value !== null;
}
