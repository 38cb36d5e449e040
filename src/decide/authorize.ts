import type { Operation } from '../model/gateway.ts';
import { evaluate, type PolicyInputs, withMethod } from '../policy/index.ts';
import { claimsIdentity, type Identity } from './identity.ts';
import type { PathParameters } from './match-route.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

/** What policies may read of a request, besides the identity. */
export interface PolicyRequest {
  readonly operation: Operation;
  readonly parameters: PathParameters;
  readonly query: string | undefined;
  readonly fields: readonly FieldLine[];
  readonly client: string;
}

/** Whether every conjunct is true for the identities of the winning alternative; unknown is denial (LANGUAGE.md §5). */
export function satisfiesPolicy(identities: readonly Identity[], request: PolicyRequest): boolean {
  const { authorization = [] } = request.operation.features;
  const inputs = policyInputs(identities, request);
  return authorization.every(
    ({ value }) => evaluate(withMethod(value, request.operation.method), inputs) === true,
  );
}

function policyInputs(identities: readonly Identity[], request: PolicyRequest): PolicyInputs {
  const identity = claimsIdentity(identities);
  const claimsOf = identity?.authenticator;
  return {
    claims: identity?.claims,
    consumer: undefined,
    groups: undefined,
    external: () => 'unknown',
    scopeClaims: claimsOf !== undefined && 'scopeClaims' in claimsOf ? claimsOf.scopeClaims : [],
    roleClaim: claimsOf !== undefined && 'roleClaim' in claimsOf ? claimsOf.roleClaim : [],
    path: request.parameters,
    query: request.query ?? '',
    header: (name) => fieldValues(request.fields, name),
    method: request.operation.method,
    address: request.client,
  };
}

/** Whether the operation has a policy at all. */
export function hasPolicy(operation: Operation): boolean {
  return (operation.features.authorization ?? []).length > 0;
}
