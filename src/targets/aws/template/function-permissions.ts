import type { LambdaBackend } from '../../../model/backend.ts';
import type { AwsPlan, PlannedApi } from '../plan.ts';
import { type Resource, ref, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { idFor, idOf } from './logical-id.ts';

/** Functions that answer for the gateway let each API that names them call them. */
export function functionPermissions({ gateway, apis }: AwsPlan): Fragment {
  return {
    Resources: Object.fromEntries(
      apis.flatMap((api) => {
        const named = new Set(
          api.operations.map(({ operation }) => operation.features.backend.value.backend),
        );
        return gateway.backends.flatMap((backend) =>
          backend.kind === 'lambda' && named.has(backend.name)
            ? [[idFor(`Permission${api.suffix}`, backend.name), permission(backend, api)]]
            : [],
        );
      }),
    ),
  };
}

function permission(backend: LambdaBackend, api: PlannedApi): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: backend.function.value,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceAccount: ref('AWS::AccountId'),
      SourceArn: sub(
        `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${idOf('RestApi', api)}}/*`,
      ),
    },
  };
}
