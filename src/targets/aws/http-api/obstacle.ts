import type { GatewayFeatures, OperationFeatures } from '../../../model/gateway.ts';
import type { Origin } from '../../../model/origin.ts';

/** Why an HTTP API (v2) cannot be the gateway, where a REST API (v1) may. */
export interface HttpApiObstacle {
  readonly feature: keyof OperationFeatures | keyof GatewayFeatures | 'endpoint' | 'sdk';
  /** Id of the operation; `undefined` for what the whole gateway asks for. */
  readonly operation: string | undefined;
  /** A clause that goes on after "an HTTP API". */
  readonly reason: string;
  readonly page: Page;
  readonly at: Origin;
}

/** Pages of the API Gateway Developer Guide, by title. */
export type Page =
  | 'Choose between REST APIs and HTTP APIs'
  | 'Control access to HTTP APIs with JWT authorizers in API Gateway'
  | 'Control access to HTTP APIs with AWS Lambda authorizers'
  | 'Configure CORS for HTTP APIs in API Gateway'
  | 'Quotas for configuring and running an HTTP API in API Gateway'
  | 'Throttle requests to your HTTP APIs for better throughput in API Gateway';

export type Report = (feature: HttpApiObstacle['feature'], at: Origin, reason: string, page?: Page) => void;
