import type { Gateway, Operation, SecretSource } from '../../model/gateway.ts';
import type { Artifact } from '../target.ts';
import { authorizerCode, inlineAuthorizer } from './authorizer/authorizer-code.ts';
import type { AuthorizerData } from './authorizer/authorizer-data.ts';
import { buildAuthorizerData } from './authorizer/build-authorizer-data.ts';
import type { ServedOperation } from './authorizer/served-operation.ts';
import { timeLimitSeconds } from './authorizer/time-limit.ts';
import type { OperationGuard } from './body/security-schemes.ts';
import { methodsOf } from './methods-of.ts';
import { printJson } from './print-json.ts';
import { placementOf } from './routing/placement.ts';
import { isSigned } from './signed.ts';

/** The one function that decides about all REST APIs of a gateway. */
export interface EmittedAuthorizer {
  /** Some operation needs it. */
  readonly used: boolean;
  readonly data: AuthorizerData;
  readonly guardOf: (operation: Operation) => OperationGuard | undefined;
  /** The function as one text, data within. */
  readonly text: string;
  /** The same as a folder. */
  readonly files: readonly Artifact[];
  readonly timeoutSeconds: number;
  /** Exactly what its role may read. */
  readonly secrets: readonly SecretSource[];
}

/**
 * Variable of the stages that changes with everything that decides: as a part of the key it keeps decisions of an earlier
 * deployment from outliving it (BEHAVIOUR.md J25).
 */
export const revisionVariable = 'revision';

export function emittedAuthorizer(gateway: Gateway): EmittedAuthorizer {
  const served = servedOperations(gateway);
  const cloudfront = gateway.targets.aws.edge.value === 'cloudfront';
  const { data, guardOf } = buildAuthorizerData(gateway, {
    api: 'rest',
    served,
    address: cloudfront ? { kind: 'header', name: 'x-gwc-viewer-address' } : { kind: 'peer' },
    pathProfile: cloudfront ? 'elsewhere' : 'authorizer',
  });
  refuseCollisions(served, (one) => JSON.stringify(guardOf(one)));
  const ofOperation = new Map(served.map((one) => [one.operation, one]));
  return {
    used: Object.keys(data.operations).length > 0,
    data,
    guardOf: (operation) => {
      if (isSigned(operation, gateway)) return { kind: 'signature' };
      const one = ofOperation.get(operation);
      const use = one === undefined ? undefined : guardOf(one);
      if (use === undefined) return undefined;
      const { schemeName, ttlSeconds, identitySource } = use;
      return {
        kind: 'function',
        schemeName,
        ttlSeconds,
        identitySource:
          identitySource === undefined ? undefined : `${identitySource}, stageVariables.${revisionVariable}`,
      };
    },
    text: inlineAuthorizer(data, 'rest'),
    files: [
      { path: 'authorizer/index.js', contents: authorizerCode(data, 'rest') },
      { path: 'authorizer/gateway.json', contents: printJson(data) },
    ],
    timeoutSeconds: timeLimitSeconds(data),
    secrets: data.secrets.map(({ kind, name, field }) => ({
      kind,
      value: field === undefined ? name : `${name}#${field}`,
    })),
  };
}

function servedOperations(gateway: Gateway): readonly ServedOperation[] {
  return placementOf(gateway).parts.flatMap(({ hosts, routes, tree }) =>
    routes.flatMap((route) => {
      const placed = tree.placed.get(route);
      if (placed === undefined) return [];
      return route.operations
        .filter((operation) => !isSigned(operation, gateway))
        .map((operation) => ({
          operation,
          segments: route.segments,
          resourcePath: placed.resourcePath,
          methods: methodsOf(operation, route),
          hosts,
        }));
    }),
  );
}

/** The function is told the method and the resource, not the API: equal ones of two APIs must be guarded alike. */
function refuseCollisions(
  served: readonly ServedOperation[],
  guard: (one: ServedOperation) => string | undefined,
): void {
  const known = new Map<string, string | undefined>();
  for (const one of served) {
    for (const method of one.methods) {
      const key = `${method} ${one.resourcePath}`;
      const found = guard(one);
      if (found === undefined) continue;
      const before = known.get(key);
      if (before !== undefined && before !== found)
        throw new RangeError(
          `two REST APIs have "${key}" with different guards, and one function decides about both: build their documents as two gateways`,
        );
      known.set(key, found);
    }
  }
}
