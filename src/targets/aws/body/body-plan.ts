import type { Authenticator } from '../../../model/authentication.ts';
import type { Backend } from '../../../model/backend.ts';
import type { Lowered, LoweredOperation } from '../../target.ts';
import type { GatewayParts, OperationParts } from '../features/parts.ts';
import type { AwsPlan, PlannedApi, PlannedOperation } from '../plan.ts';
import type { Placed } from '../routing/resource-tree.ts';
import type { OperationGuard } from './security-schemes.ts';

/** One operation with everything that its methods need. */
export interface BodyOperation extends PlannedOperation {
  readonly parts: LoweredOperation<OperationParts>;
  readonly placed: Placed;
  /** Undefined for what everybody may call without a check. */
  readonly guard: OperationGuard | undefined;
  /** Authenticators whose credential stays at the gateway. */
  readonly stripped: readonly Authenticator[];
}

/** What the body of a REST API is made from; the deployment is named after it. */
export interface ApiBodyPlan extends Omit<PlannedApi, 'deploymentId' | 'operations'> {
  readonly operations: readonly BodyOperation[];
  /** WWW-Authenticate of 401, one for each HTTP scheme. */
  readonly challenges: readonly string[];
  /** Where every caller without a valid credential is redirected. */
  readonly login: string | undefined;
}

export interface BodyPlan extends Omit<AwsPlan, 'apis'> {
  readonly lowered: Lowered<OperationParts, GatewayParts>;
  readonly apis: readonly ApiBodyPlan[];
  /** Mapping expression of the client's address. */
  readonly clientAddress: string;
  /** The back end is reached through the VPC link. */
  readonly isPrivate: (backend: Backend) => boolean;
}
