import type { Operation } from '../model/gateway.ts';
import { allHold, externalQuestion, type PolicyInputs, withMethod } from '../policy/index.ts';
import type { World } from './decision.ts';
import { claimsIdentity, consumerOf, type Identity } from './identity.ts';
import { resultOf } from './judge-by-service.ts';
import type { PathParameters } from './match-route.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

/** What policies may read of a request, besides the identities. */
export interface PolicyRequest {
  readonly operation: Operation;
  readonly parameters: PathParameters;
  /** Raw path and query of the request target. */
  readonly path: string;
  readonly query: string | undefined;
  readonly fields: readonly FieldLine[];
  readonly client: string;
}

/** Whether every conjunct is true for the identities of the winning alternative; unknown is denial (LANGUAGE.md §5). */
export function satisfiesPolicy(
  identities: readonly Identity[],
  request: PolicyRequest,
  world: World,
): boolean {
  const { authorization = [] } = request.operation.features;
  const { method } = request.operation;
  const policies = authorization.map(({ value }) => withMethod(value, method));
  return allHold(policies, policyInputs(identities, request, world));
}

function policyInputs(identities: readonly Identity[], request: PolicyRequest, { ask }: World): PolicyInputs {
  const identity = claimsIdentity(identities);
  const claimsOf = identity?.authenticator;
  const consumer = consumerOf(identities);
  const { method } = request.operation;
  const facts = {
    claims: identity?.claims,
    consumer: consumer?.name,
    groups: consumer?.groups,
    query: request.query ?? '',
    method,
    address: request.client,
  };
  return {
    ...facts,
    scopeClaims: claimsOf !== undefined && 'scopeClaims' in claimsOf ? claimsOf.scopeClaims : [],
    roleClaim: claimsOf !== undefined && 'roleClaim' in claimsOf ? claimsOf.roleClaim : [],
    path: request.parameters,
    header: (name) => fieldValues(request.fields, name),
    external: (call) =>
      resultOf(ask?.(call, externalQuestion(call, { ...facts, path: request.path }))) ?? 'unknown',
  };
}

/** Whether the operation has a policy at all. */
export function hasPolicy(operation: Operation): boolean {
  return (operation.features.authorization ?? []).length > 0;
}
