import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Gateway } from '../model/gateway.ts';
import { notPrintable, reparseDiffers } from '../targets/diagnostics.ts';
import type { targets } from '../targets/index.ts';
import { negotiate } from '../targets/negotiate.ts';
import type { Artifact } from '../targets/target.ts';

export type KnownTarget = (typeof targets)[number];

/** From the model to files in memory: negotiated, emitted, read back. */
export function emit(
  gateway: Gateway,
  target: KnownTarget,
): { readonly artifacts: readonly Artifact[]; readonly diagnostics: readonly Diagnostic[] } {
  const { lowered, diagnostics } = negotiate(gateway, target);
  if (hasErrors(diagnostics)) return { artifacts: [], diagnostics };
  const artifacts = printed(gateway, target, lowered);
  if ('diagnostics' in artifacts)
    return { artifacts: [], diagnostics: [...diagnostics, ...artifacts.diagnostics] };
  const differences = target
    .reparse(gateway, artifacts)
    .map((difference) =>
      diagnostic(reparseDiffers, undefined, { title: target.title, difference }, { target: target.name }),
    );
  return { artifacts, diagnostics: [...diagnostics, ...differences] };
}

/** Encoders refuse what their position cannot hold with a `RangeError`; any other exception is a bug. */
function printed(
  gateway: Gateway,
  target: KnownTarget,
  lowered: Parameters<KnownTarget['emit']>[1],
): readonly Artifact[] | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return target.emit(gateway, lowered);
  } catch (error) {
    if (!(error instanceof RangeError) || error.message.includes('call stack')) throw error;
    const facts = { title: target.title, reason: error.message };
    return { diagnostics: [diagnostic(notPrintable, undefined, facts, { target: target.name })] };
  }
}
