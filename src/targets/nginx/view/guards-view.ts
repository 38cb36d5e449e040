import type { Plan } from '../plan.ts';
import { inputCookies, inputHeaders, inputVariable, type MappedInputs } from '../policy/verifier-inputs.ts';
import { address } from '../token/address.ts';
import { argument, headerName, interpolated, lineFeed, text } from '../token.ts';
import type { Guard } from '../verifier/guard.ts';
import { guardPath } from './operations-view.ts';

export type GuardsView = ReturnType<typeof guardsView>;
export type VerifierView = ReturnType<typeof verifierView>;

/** One location for each guard. The same variables go to the verifier and into the key of its cached answer. */
export function guardsView(plan: Plan) {
  const inputs = plan.guards.flatMap((guard) => guard.inputs);
  const mapped = { cookies: inputCookies(inputs), headers: inputHeaders(inputs) };
  return { guards: plan.guards.map((guard) => guardView(guard, mapped)) };
}

function guardView({ id, inputs }: Guard, mapped: MappedInputs) {
  const variables = inputs.map((input) => inputVariable(input, mapped));
  return {
    path: argument(guardPath(id)),
    url: argument(`http://gw_verifier/${id}`),
    inputs: variables.map((piece, index) => ({
      header: headerName(`Gwc-Input-${index}`),
      value: interpolated(piece),
    })),
    key: interpolated(text(id), ...variables.flatMap((piece) => [lineFeed, piece])),
  };
}

/** The token verifier, on loopback. */
export function verifierView({ settings }: Plan) {
  return { address: address('127.0.0.1', settings.verifierPort) };
}
