import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Gateway } from '../model/gateway.ts';
import { notPrintable, reparseDiffers } from './diagnostics.ts';
import { negotiate } from './negotiate.ts';
import type { Artifact, GatewayFeature, Lowered, Lowering, OperationFeature, Target } from './target.ts';

/** What a target makes of a gateway: files, or the reasons why there are none. */
export interface Compiled {
  readonly artifacts: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A target whose own types concern nobody else. */
export interface KnownTarget {
  readonly name: Target<OperationParts, GatewayParts>['name'];
  readonly title: string;
  /** The support matrix: features with what the target says of each. */
  readonly support: readonly { readonly feature: string; readonly support: Support; readonly note: string }[];
  readonly compile: (gateway: Gateway) => Compiled;
}
type Support = Lowering<unknown, unknown, unknown>['support'];

type OperationParts = { readonly [F in OperationFeature]: unknown };
type GatewayParts = { readonly [F in GatewayFeature]: unknown };

export function known<O extends OperationParts, G extends GatewayParts>(target: Target<O, G>): KnownTarget {
  const rows: readonly (readonly [string, { readonly support: Support; readonly note: string }])[] = [
    ...Object.entries(target.gatewayFeatures),
    ...Object.entries(target.operationFeatures),
  ];
  return {
    name: target.name,
    title: target.title,
    support: rows.map(([feature, { support, note }]) => ({ feature, support, note })),
    compile: (gateway) => compile(gateway, target),
  };
}

/** From the model to files in memory: negotiated, emitted, read back. */
export function compile<O extends OperationParts, G extends GatewayParts>(
  gateway: Gateway,
  target: Target<O, G>,
): Compiled {
  const { lowered, diagnostics: negotiated } = negotiate(gateway, target);
  const diagnostics = [...(target.check?.(gateway) ?? []), ...negotiated];
  if (hasErrors(diagnostics)) return { artifacts: [], diagnostics };
  const emitted = printed(gateway, target, lowered);
  if (hasErrors(emitted.diagnostics))
    return { artifacts: [], diagnostics: [...diagnostics, ...emitted.diagnostics] };
  const differences = target
    .reparse(gateway, emitted.artifacts)
    .map((difference) =>
      diagnostic(reparseDiffers, undefined, { title: target.title, difference }, { target: target.name }),
    );
  return {
    artifacts: emitted.artifacts,
    diagnostics: [...diagnostics, ...emitted.diagnostics, ...differences],
  };
}

/** Encoders refuse what their position cannot hold with a `RangeError`; any other exception is a bug. */
function printed<O extends OperationParts, G extends GatewayParts>(
  gateway: Gateway,
  target: Target<O, G>,
  lowered: Lowered<O, G>,
): Compiled {
  try {
    return { artifacts: target.emit(gateway, lowered), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof RangeError) || error.message.includes('call stack')) throw error;
    const facts = { title: target.title, reason: error.message };
    return {
      artifacts: [],
      diagnostics: [diagnostic(notPrintable, undefined, facts, { target: target.name })],
    };
  }
}
