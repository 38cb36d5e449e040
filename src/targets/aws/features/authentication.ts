import type { Authentication } from '../../../model/authentication.ts';
import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Expression } from '../../../model/policy.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { refusalOfAuthenticator, refusalOfPolicy } from '../authorizer/refusals.ts';
import { placementOf } from '../routing/placement.ts';
import { isSigned } from '../signed.ts';

interface Refusal {
  readonly reason: string;
  readonly instead: string | undefined;
}

/** The emitted function decides, or AWS IAM by the signature of requests. */
export const authentication: Lowering<Sourced<Authentication>, OperationScope, Authentication> = {
  support: 'partial',
  note: 'the emitted Lambda authorizer; signatures by AWS IAM; what a token lacks is not told in WWW-Authenticate',
  lower: ({ value }, { gateway, operation }): Outcome<Authentication> => {
    const refusal =
      value.kind === 'public'
        ? undefined
        : (refusalOfSigned(operation, gateway) ?? refusalOf(value, gateway));
    return refusal === undefined ? { kind: 'exact', part: value } : { kind: 'unsupported', ...refusal };
  },
};

type Protected = Exclude<Authentication, { readonly kind: 'public' }>;

function refusalOf({ anyOf }: Protected, gateway: Gateway): Refusal | undefined {
  const names = new Set(anyOf.flat().map(({ authenticator }) => authenticator));
  for (const authenticator of gateway.authenticators.filter(({ name }) => names.has(name))) {
    const reason = refusalOfAuthenticator(authenticator, gateway);
    if (reason !== undefined) return { reason, instead: undefined };
    const { from, stripToken, kind } = authenticator;
    const query = from.value.find((place) => place.kind === 'query');
    if (query !== undefined)
      return {
        reason: `the query parameter "${query.name}" would reach the back end with its credential`,
        instead: 'Read the credential from a header.',
      };
    const cookie = from.value.find((place) => place.kind === 'cookie');
    if (cookie !== undefined && (stripToken || kind === 'api-key'))
      return {
        reason: `one cookie of several, "${cookie.name}", cannot be kept from the back end`,
        instead: 'Read the credential from a header, or leave stripToken out.',
      };
    const odd = from.value.find((place) => place.kind === 'header' && !/^[A-Za-z0-9._$-]+$/.test(place.name));
    if (odd !== undefined)
      return { reason: `no mapping can name the header "${odd.name}"`, instead: 'Choose another name.' };
    const header = authenticator.forward.find((one) => !/^[A-Za-z0-9._$-]+$/.test(one.header));
    if (header !== undefined)
      return { reason: `no mapping can name the header "${header.header}"`, instead: 'Choose another name.' };
  }
  return undefined;
}

/** AWS IAM decides by itself: beside a signature nothing else can be asked for. */
function refusalOfSigned(operation: Operation, gateway: Gateway): Refusal | undefined {
  if (!isSigned(operation, gateway)) return undefined;
  const { authentication: asked, authorization } = operation.features;
  const { value } = asked;
  const alone =
    value.kind === 'required' &&
    value.anyOf.length === 1 &&
    value.anyOf[0]?.length === 1 &&
    value.anyOf[0][0]?.scopes.length === 0;
  if (!alone)
    return {
      reason: 'a method is decided about by AWS IAM or by the authorizer, not by both',
      instead: 'Let the operation accept signatures only.',
    };
  const route = placementOf(gateway).routeOf.get(operation);
  if (route !== undefined && placementOf(gateway).placedOf.get(route)?.checked === true)
    return {
      reason: 'a segment of its path is compared by the authorizer, which is not asked about signed requests',
      instead: 'Give the path segments that are text or one parameter.',
    };
  if ((authorization ?? []).length > 0)
    return {
      reason: 'policies are evaluated by the authorizer, which is not asked about signed requests',
      instead: 'Write who may call it in the IAM policies of the callers.',
    };
  return gateway.ownedHeaders.length === 0
    ? undefined
    : {
        reason: `nobody says what the header "${gateway.ownedHeaders[0]}" holds for a signed request`,
        instead: 'Serve signed operations with a gateway of their own.',
      };
}

export const authorization: Lowering<readonly Sourced<Expression>[], OperationScope, true> = {
  support: 'full',
  note: 'the same authorizer; a refusal is 403',
  lower: (asked, { gateway }): Outcome<true> => {
    for (const { value, at } of asked) {
      const reason = refusalOfPolicy(value, gateway, 'rest');
      if (reason !== undefined) return { kind: 'unsupported', reason, instead: undefined, at };
    }
    return { kind: 'exact', part: true };
  },
};
