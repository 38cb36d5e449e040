import type { Json } from '../template/cloudformation.ts';

/**
 * What the body says of other resources: intrinsic functions where it is part of the template; in a file of its own only
 * `${AWS::…}` and stage variables are replaced (CloudFormation, AWS::ApiGateway::RestApi, BodyS3Location).
 */
export interface BodyReferences {
  /** A text with `${AWS::Region}` and the like. */
  readonly text: (written: string) => Json;
  /** `authorizerUri` of the emitted function. */
  readonly authorizer: Json;
  readonly vpcLink: Json;
  readonly loadBalancer: Json;
  /** The value of a secret, behind a prefix and a blank, inside the quotation marks of a static value. */
  readonly secret: (name: string, prefix: string | undefined) => string;
  /** Variables that the stage must have. */
  readonly variables: { readonly [name: string]: Json };
}
