import type { Json } from '../template/cloudformation.ts';
import type { ApiBodyPlan, BodyOperation } from './body-plan.ts';

/** Who decides about an operation, as API Gateway asks it. */
export type OperationGuard = FunctionGuard | SignatureGuard;

/** The emitted function. */
interface FunctionGuard {
  readonly kind: 'function';
  /** Name of its security scheme: letters and digits. */
  readonly schemeName: string;
  /** Seconds that a decision is kept; 0 asks for every request. */
  readonly ttlSeconds: number;
  /**
   * Comma-separated sources whose values are the key of kept decisions: with every one of them present the function is
   * asked, with one missing the answer is 401 at once. Undefined where nothing may be kept.
   */
  readonly identitySource: string | undefined;
}

/** AWS IAM, by the signature of the request (Signature Version 4). */
interface SignatureGuard {
  readonly kind: 'signature';
}

const signatureScheme = 'sigv4';

/** The members of a method that say who decides: `security: []` for what everybody may call. */
export function securityOf({ guard }: BodyOperation): { readonly [member: string]: Json } {
  if (guard === undefined) return { security: [] };
  if (guard.kind === 'function') return { security: [{ [guard.schemeName]: [] }] };
  return { security: [{ [signatureScheme]: [] }], 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } };
}

/**
 * One scheme for each way in which the one function is asked (Developer Guide, "x-amazon-apigateway-authorizer
 * object"): `name` of a scheme with sources of its own is not read.
 */
export function securitySchemes(api: ApiBodyPlan, authorizerUri: Json): { readonly [name: string]: Json } {
  const schemes = new Map<string, Json>();
  for (const { guard } of api.operations) {
    if (guard === undefined) continue;
    if (guard.kind === 'function') schemes.set(guard.schemeName, functionScheme(guard, authorizerUri));
    else
      schemes.set(signatureScheme, {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      });
  }
  return Object.fromEntries([...schemes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function functionScheme({ identitySource, ttlSeconds }: FunctionGuard, authorizerUri: Json): Json {
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri,
      authorizerResultTtlInSeconds: ttlSeconds,
      ...(identitySource === undefined ? {} : { identitySource }),
    },
  };
}
