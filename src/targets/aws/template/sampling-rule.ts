import type { AwsPlan, PlannedApi } from '../plan.ts';
import { join, type Resource, ref, sub } from './cloudformation.ts';
import { idOf } from './logical-id.ts';

/** Which share of the requests of a stage X-Ray keeps, where the document says; else its own rule decides. */
export function samplingRule(
  { gateway, stageName }: AwsPlan,
  api: PlannedApi,
): { readonly [id: string]: Resource } {
  const { export: to, sample } = gateway.tracing?.value ?? {};
  if (to?.kind !== 'xray' || sample === undefined) return {};
  const everything = { Host: '*', HTTPMethod: '*', URLPath: '*', ServiceName: '*' };
  return {
    [`SamplingRule${api.suffix}`]: {
      Type: 'AWS::XRay::SamplingRule',
      Properties: {
        SamplingRule: {
          ...everything,
          // A name has at most 32 characters, and that of a stack up to 128.
          RuleName: join('-', ['gwc', ref(idOf('RestApi', api))]),
          ServiceType: 'AWS::ApiGateway::Stage',
          ResourceARN: join('', [
            sub(
              `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${${idOf('RestApi', api)}}/stages/`,
            ),
            stageName,
          ]),
          FixedRate: sample,
          ReservoirSize: 0,
          Priority: 1000,
          Version: 1,
        },
      },
    },
  };
}
