import type { OperationFeatures } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import type { UpstreamTarget } from '../../model/path.ts';
import type { Expression, Operand } from '../../model/policy.ts';
import { mapLeaves } from '../../policy/fold.ts';

/** New names of path parameters by their old names; all are renamed at once, so names may be swapped. */
export type Renaming = ReadonlyMap<string, string>;

/** The renaming that gives parameters, from left to right, the names of another template of the same shape. */
export function renamingOf(from: readonly string[], to: readonly string[]): Renaming {
  return new Map(
    from.flatMap((name, index) => (to[index] === name ? [] : [[name, to[index] ?? name] as const])),
  );
}

/** The same features over renamed path parameters: rewrites and policies are the only places that name them. */
export function renameParameters(features: OperationFeatures, renaming: Renaming): OperationFeatures {
  if (renaming.size === 0) return features;
  const { backend, authorization } = features;
  return {
    ...features,
    backend: {
      ...backend,
      value: { ...backend.value, target: renameTarget(backend.value.target, renaming) },
    },
    authorization: authorization?.map((one) => ({ ...one, value: renameExpression(one.value, renaming) })),
  };
}

function renameTarget(target: UpstreamTarget, renaming: Renaming): UpstreamTarget {
  if (target.kind === 'below') return target;
  const pieces: Sourced<typeof target.pieces.value> = {
    at: target.pieces.at,
    value: target.pieces.value.map((piece) =>
      piece.kind === 'parameter' ? { ...piece, name: renaming.get(piece.name) ?? piece.name } : piece,
    ),
  };
  return { kind: 'template', pieces };
}

function renameExpression(expression: Expression, renaming: Renaming): Expression {
  return mapLeaves(expression, (leaf) =>
    leaf.kind === 'compare'
      ? { ...leaf, left: renameOperand(leaf.left, renaming), right: renameOperand(leaf.right, renaming) }
      : leaf,
  );
}

function renameOperand(operand: Operand, renaming: Renaming): Operand {
  return operand.kind === 'path' ? { ...operand, name: renaming.get(operand.name) ?? operand.name } : operand;
}
