import type { HttpBackend } from '../../../model/backend.ts';

import type { Json } from '../template/cloudformation.ts';
import type { ApiBodyPlan, BodyOperation, BodyPlan } from './body-plan.ts';
import { cacheKeyParameters } from './cache-key.ts';
import { functionArn, httpIntegration, invocationUri, lambdaIntegration } from './integration.ts';
import { constantAnswer } from './mock-method.ts';
import { overwrittenHeaders, quoted } from './overwritten-headers.ts';
import type { BodyReferences } from './references.ts';

/** What one method of an operation does once its guards have let the request through. */
export function operationIntegration(
  method: string,
  planned: BodyOperation,
  plan: BodyPlan,
  api: ApiBodyPlan,
  references: BodyReferences,
): Json {
  const { operation, parts } = planned;
  if (parts.mock !== undefined) return constantAnswer(parts.mock);
  const choice = operation.features.backend.value;
  const backend = plan.gateway.backends.find(({ name }) => name === choice.backend);
  if (backend === undefined) throw new RangeError(`the operation "${operation.id}" has no back end`);
  const timeout = operation.features.timeout.value;
  const integration =
    backend.kind === 'lambda'
      ? lambdaIntegration(references.text(invocationUri(functionArn(backend.function.value))), timeout)
      : httpIntegration(
          choice,
          backend,
          planned.placed,
          method,
          timeout,
          headersOf(method, planned, backend, plan, api, references),
          plan.isPrivate(backend)
            ? { kind: 'vpc-link', id: references.vpcLink, loadBalancer: references.loadBalancer }
            : { kind: 'internet' },
        );
  const keys = cacheKeyParameters(planned, plan.gateway);
  return keys.length === 0 ? integration : { ...(integration as object), cacheKeyParameters: keys };
}

function headersOf(
  method: string,
  { operation, parts, guard, stripped }: BodyOperation,
  backend: HttpBackend,
  { gateway, clientAddress }: BodyPlan,
  api: ApiBodyPlan,
  references: BodyReferences,
) {
  const [host] = api.hosts;
  if (host === undefined) throw new RangeError(`the operation "${operation.id}" has no host`);
  const credentials = backend.credentials?.value;
  return overwrittenHeaders({
    gateway,
    operation,
    method,
    host,
    authorized: guard !== undefined,
    clientAddress,
    changes: parts.requestHeaders,
    stripped,
    credential:
      credentials?.kind !== 'header'
        ? undefined
        : {
            header: credentials.header,
            expression: quoted(references.secret(credentials.secret, credentials.prefix)),
          },
  });
}
