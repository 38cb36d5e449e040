import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { ResponseCache } from '../../../model/traffic.ts';
import type { Throttle } from '../limits/throttle.ts';
import type { PlannedApi } from '../plan.ts';
import type { Json } from './cloudformation.ts';

/** What the stage does for one operation besides what it does for all. */
export interface OperationSettings {
  readonly throttle: Throttle | undefined;
  readonly cache: ResponseCache | undefined;
}

/**
 * `MethodSettings` of a stage: what holds for every method, then the methods that differ. An entry of a method stands
 * alone, nothing of the general one holds for it, so each repeats it. Requests and responses are never traced into
 * logs, for they hold credentials.
 */
export function methodSettings(
  { metrics }: Gateway,
  { operations }: PlannedApi,
  settingsOf: (operation: Operation) => OperationSettings,
): readonly Json[] {
  const caches = operations.some(({ operation }) => settingsOf(operation).cache !== undefined);
  const everywhere = {
    ...always,
    MetricsEnabled: metrics !== undefined,
    ...(caches ? { CacheDataEncrypted: true } : {}),
  };
  const special = operations.flatMap(({ operation, resourcePath, methods }) => {
    const settings = settingsOf(operation);
    if (settings.throttle === undefined && settings.cache === undefined) return [];
    return methods.map((method) => ({
      HttpMethod: method,
      ResourcePath: encodePath(resourcePath),
      ...everywhere,
      ...throttling(settings),
      ...caching(settings, method),
    }));
  });
  return [{ HttpMethod: '*', ResourcePath: '/*', ...everywhere }, ...special];
}

/** Errors are logged by the role that the access log needs too. */
const always = { DataTraceEnabled: false, LoggingLevel: 'ERROR' } as const;

function throttling({ throttle }: OperationSettings): { readonly [name: string]: number } {
  return throttle === undefined
    ? {}
    : { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst };
}

/** An answer to GET is none to HEAD, which has no body. */
function caching({ cache }: OperationSettings, method: string): { readonly [name: string]: Json } {
  return cache === undefined || method !== 'GET'
    ? {}
    : { CachingEnabled: true, CacheTtlInSeconds: cache.ttlSeconds };
}

/** AWS CloudFormation Template Reference, "AWS::ApiGateway::Stage MethodSetting": `~1` for slashes behind the first. */
function encodePath(path: string): string {
  return path === '/' ? '/' : `/${path.replaceAll('/', '~1')}`;
}
