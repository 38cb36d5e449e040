import type { Plan } from '../plan.ts';
import { inputCookies, inputHeaders, inputPieces, type MappedInputs } from '../policy/verifier-inputs.ts';
import { address } from '../token/address.ts';
import { argument, duration, headerName, interpolated, lineFeed, text } from '../token.ts';
import type { Guard } from '../verifier/guard.ts';
import { fetchedKeySets } from '../verifier/key-sets.ts';
import { guardPath } from './operations-view.ts';

export type GuardsView = ReturnType<typeof guardsView>;
export type VerifierView = ReturnType<typeof verifierView>;

/** Milliseconds that the verifier may take by itself. */
const verifierTime = 5000;

/** One location for each guard. The same variables go to the verifier and into the key of its cached answer. */
export function guardsView(plan: Plan) {
  const inputs = plan.guards.flatMap((guard) => guard.inputs);
  const mapped = { cookies: inputCookies(inputs), headers: inputHeaders(inputs) };
  const quiet = mayQuoteCredentials(plan);
  return {
    guards: plan.guards.map((guard) => ({
      ...guardView(guard, mapped),
      quiet: quiet && guard.inputs.some(({ kind }) => kind === 'query'),
    })),
  };
}

/** Below `crit`, nginx quotes request lines in its error log, and with them what stands in queries (BEHAVIOUR.md G1). */
export function mayQuoteCredentials({ settings }: Pick<Plan, 'settings'>): boolean {
  return settings.errorLevel !== 'crit';
}

function guardView({ id, inputs, waitMs }: Guard, mapped: MappedInputs) {
  const values = inputs.map((input) => inputPieces(input, mapped));
  return {
    path: argument(guardPath(id)),
    url: argument(`http://gw_verifier/${id}`),
    inputs: values.map((pieces, index) => ({
      header: headerName(`Gwc-Input-${index}`),
      value: interpolated(...pieces),
    })),
    patience: duration(verifierTime + waitMs),
    key: interpolated(text(id), ...values.flatMap((pieces) => [lineFeed, ...pieces])),
  };
}

/** The token verifier, on loopback. */
export function verifierView({ gateway, settings, verifier }: Plan) {
  return {
    address: address('127.0.0.1', settings.verifierPort),
    fetches: fetchedKeySets(gateway).length > 0,
    asks: verifier.services.length > 0,
  };
}
