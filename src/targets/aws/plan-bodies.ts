import type { Authenticator } from '../../model/authentication.ts';
import type { Gateway, Operation } from '../../model/gateway.ts';
import type { Lowered } from '../target.ts';
import type { ApiBodyPlan, BodyOperation, BodyPlan } from './body/body-plan.ts';
import { challengesOf } from './body/challenges.ts';
import type { OperationGuard } from './body/security-schemes.ts';
import { hasDistribution } from './edge/has-distribution.ts';
import { edgeHeader, viewerAddressHeader } from './edge/names.ts';
import { usesVpcLink } from './features/backends.ts';
import { loginOf } from './features/login.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { methodsOf } from './methods-of.ts';
import { type ApiPart, placementOf } from './routing/placement.ts';
import { stageName } from './settings.ts';

/** Everything that the bodies of all REST APIs need. `guardOf`: who decides about an operation. */
export function planBodies(
  gateway: Gateway,
  lowered: Lowered<OperationParts, GatewayParts>,
  guardOf: (operation: Operation) => OperationGuard | undefined,
): BodyPlan {
  return {
    gateway,
    lowered,
    stageName: stageName(gateway),
    apis: placementOf(gateway).parts.map((part) => planPart(part, gateway, lowered, guardOf)),
    clientAddress: clientAddress(gateway),
    isPrivate: (backend) => usesVpcLink(backend, gateway),
  };
}

/**
 * CloudFront passes on whom it answers; without it the peer of the connection is the client (Developer Guide,
 * "$context variables": identity.sourceIp).
 */
function clientAddress(gateway: Gateway): string {
  return hasDistribution(gateway) ? edgeHeader(viewerAddressHeader) : 'context.identity.sourceIp';
}

function planPart(
  { suffix, hosts, mappingKey, routes, tree }: ApiPart,
  gateway: Gateway,
  lowered: Lowered<OperationParts, GatewayParts>,
  guardOf: (operation: Operation) => OperationGuard | undefined,
): ApiBodyPlan {
  const operations = routes.flatMap((route) =>
    route.operations.map((operation): BodyOperation => {
      const placed = tree.placed.get(route);
      if (placed === undefined) throw new RangeError(`the path "${route.template}" has no resource`);
      return {
        operation,
        resourcePath: placed.resourcePath,
        methods: methodsOf(operation, route),
        parts: lowered.of(operation),
        placed,
        guard: guardOf(operation),
        stripped: strippedAuthenticators(operation, gateway),
      };
    }),
  );
  return {
    suffix,
    hosts,
    mappingKey,
    operations,
    challenges: challengesOf(
      gateway,
      operations.map(({ operation }) => operation),
    ),
    login: operations
      .filter(({ operation }) => operation.features.login?.value === 'always')
      .map(({ operation }) => loginOf(operation, gateway)?.url)
      .find((url) => url !== undefined),
  };
}

/** A key never reaches the back end; another credential where the document says so. */
function strippedAuthenticators(
  { features }: Operation,
  { authenticators }: Gateway,
): readonly Authenticator[] {
  const { value } = features.authentication;
  if (value.kind === 'public') return [];
  const names = new Set(value.anyOf.flat().map(({ authenticator }) => authenticator));
  return authenticators.filter(
    ({ name, kind, stripToken }) => names.has(name) && (stripToken || kind === 'api-key'),
  );
}
