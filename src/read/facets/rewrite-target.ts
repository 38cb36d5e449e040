import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Sourced } from '../../model/origin.ts';
import type { UpstreamPiece, UpstreamTarget } from '../../model/path.ts';
import { parameterUnknown } from '../diagnostics.ts';

/** What the back end receives as path; every parameter of a rewrite must be one of the template's. */
export function rewriteTarget(
  rewrite: Sourced<readonly UpstreamPiece[]> | undefined,
  template: string,
  parameters: readonly string[],
  report: Report,
): UpstreamTarget {
  if (rewrite === undefined) return { kind: 'below' };
  for (const piece of rewrite.value) {
    if (piece.kind === 'literal' || parameters.includes(piece.name)) continue;
    const facts = {
      name: piece.name,
      where: 'rewrite',
      template,
      suggestion: didYouMean(piece.name, parameters),
    };
    report(diagnostic(parameterUnknown, rewrite.at, facts));
  }
  return { kind: 'template', pieces: rewrite };
}
