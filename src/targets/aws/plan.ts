import type { Gateway, Host, Operation } from '../../model/gateway.ts';

/** One RestApi with what refers to it: one for each site of the model, or for each part that `split` makes of it. */
export interface PlannedApi {
  /** Goes behind the logical ids of what there is once for each API: '' for the only one, else '2', '3', … */
  readonly suffix: string;
  /** All https on port 443. */
  readonly hosts: readonly Host[];
  /** `undefined`: the API answers for the whole domain, and the paths of its body include the base path. */
  readonly mappingKey: string | undefined;
  readonly operations: readonly PlannedOperation[];
  /** Logical id of the deployment: `Deployment<suffix>` and a hash of everything that must redeploy. */
  readonly deploymentId: string;
}

export interface PlannedOperation {
  readonly operation: Operation;
  /** Path of the resource in the body, `/pets/{id}`. */
  readonly resourcePath: string;
  /** Methods of the resource that serve the operation: GET brings HEAD where none is declared. */
  readonly methods: readonly string[];
}

/** Everything that is decided before the template is laid out. */
export interface AwsPlan {
  readonly gateway: Gateway;
  readonly stageName: string;
  readonly apis: readonly PlannedApi[];
}
