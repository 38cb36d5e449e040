import type { Operation } from '../../../model/gateway.ts';
import type { Throttle } from '../limits/throttle.ts';
import type { PlannedApi } from '../plan.ts';
import type { Json } from './cloudformation.ts';

/** What the stage does for one operation besides what it does for all. */
export interface OperationSettings {
  readonly throttle: Throttle | undefined;
}

/**
 * `MethodSettings` of a stage: what holds for every method, then the methods that differ. An entry of a method stands
 * alone, nothing of the general one holds for it, so each repeats it. Requests and responses are never traced into
 * logs, for they hold credentials.
 */
export function methodSettings(
  { operations }: PlannedApi,
  settingsOf: (operation: Operation) => OperationSettings,
): readonly Json[] {
  const special = operations.flatMap(({ operation, resourcePath, methods }) => {
    const { throttle } = settingsOf(operation);
    if (throttle === undefined) return [];
    return methods.map((method) => ({
      HttpMethod: method,
      ResourcePath: encodePath(resourcePath),
      ...everywhere,
      ThrottlingRateLimit: throttle.rate,
      ThrottlingBurstLimit: throttle.burst,
    }));
  });
  return [{ HttpMethod: '*', ResourcePath: '/*', ...everywhere }, ...special];
}

/** Errors are logged by the role that the access log needs too. */
const everywhere = { MetricsEnabled: true, DataTraceEnabled: false, LoggingLevel: 'ERROR' } as const;

/** AWS CloudFormation Template Reference, "AWS::ApiGateway::Stage MethodSetting": `~1` for slashes behind the first. */
function encodePath(path: string): string {
  return path === '/' ? '/' : `/${path.replaceAll('/', '~1')}`;
}
