import type { Authenticator } from '../../model/authentication.ts';
import type { Backend } from '../../model/backend.ts';
import type { Gateway, Host, Operation } from '../../model/gateway.ts';
import type { Lowered, LoweredOperation } from '../target.ts';
import type { OperationGuard } from './body/security-schemes.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import type { Placed } from './routing/resource-tree.ts';

/** One operation of a REST API with everything that its methods need. */
export interface PlannedOperation {
  readonly operation: Operation;
  readonly parts: LoweredOperation<OperationParts>;
  readonly placed: Placed;
  /** The same as `placed.resourcePath`. */
  readonly resourcePath: string;
  /** Methods of API Gateway that serve it: HEAD beside GET, where it is not declared. */
  readonly methods: readonly string[];
  /** Undefined for what everybody may call without a check. */
  readonly guard: OperationGuard | undefined;
  /** Authenticators whose credential stays at the gateway. */
  readonly stripped: readonly Authenticator[];
}

/** One REST API with what refers to it. */
export interface PlannedApi extends ApiBodyPlan {
  /** Logical id of the deployment: `Deployment`, the suffix and a hash of everything that must redeploy. */
  readonly deploymentId: string;
}

/** What the body of a REST API is made from. */
export interface ApiBodyPlan {
  /** '' for the first, then '2', '3', …: stands behind the logical ids of everything that belongs to it. */
  readonly suffix: string;
  /** All https, port 443. */
  readonly hosts: readonly Host[];
  /** Undefined for the whole domain: paths of the body then include the base path. */
  readonly mappingKey: string | undefined;
  readonly operations: readonly PlannedOperation[];
  /** WWW-Authenticate of 401, one for each HTTP scheme. */
  readonly challenges: readonly string[];
  /** Where every caller without a valid credential is redirected. */
  readonly login: string | undefined;
}

/** Everything that is decided before trees are built. */
export interface AwsPlan {
  readonly gateway: Gateway;
  readonly lowered: Lowered<OperationParts, GatewayParts>;
  readonly stageName: string;
  readonly apis: readonly PlannedApi[];
  /** Mapping expression of the client's address. */
  readonly clientAddress: string;
  /** The back end is reached through the VPC link. */
  readonly isPrivate: (backend: Backend) => boolean;
}
