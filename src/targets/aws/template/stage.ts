import type { Operation } from '../../../model/gateway.ts';
import type { AwsPlan, PlannedApi } from '../plan.ts';
import { accessLogDestination } from './access-log.ts';
import { accessLogFormat } from './access-log-format.ts';
import { afterLogRole } from './account.ts';
import { clientCertificate, presentsCertificate } from './client-certificate.ts';
import { ref } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { idOf } from './logical-id.ts';
import { methodSettings, type OperationSettings } from './method-settings.ts';
import { samplingRule } from './sampling-rule.ts';

/**
 * The stage of an API and the deployment that it shows. Deployments are snapshots: one that is replaced is kept, so
 * that the stage can be pointed back to it.
 */
export function stage(
  plan: AwsPlan,
  api: PlannedApi,
  settingsOf: (operation: Operation) => OperationSettings,
): Fragment {
  const { gateway, stageName } = plan;
  const caches = api.operations.some(({ operation }) => settingsOf(operation).cache !== undefined);
  return {
    Resources: {
      [api.deploymentId]: {
        Type: 'AWS::ApiGateway::Deployment',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { RestApiId: ref(idOf('RestApi', api)) },
      },
      [idOf('Stage', api)]: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: ref(idOf('RestApi', api)),
          DeploymentId: ref(api.deploymentId),
          StageName: stageName,
          Description: afterLogRole,
          TracingEnabled: gateway.tracing?.value.export?.kind === 'xray',
          CacheClusterEnabled: caches,
          CacheClusterSize: caches ? gateway.targets.aws.cacheSize.value : undefined,
          ClientCertificateId: presentsCertificate(gateway) ? ref(clientCertificate) : undefined,
          AccessLogSetting: {
            DestinationArn: accessLogDestination(gateway),
            Format: accessLogFormat(gateway),
          },
          MethodSettings: methodSettings(gateway, api, settingsOf),
        },
      },
      ...samplingRule(plan, api),
    },
  };
}
