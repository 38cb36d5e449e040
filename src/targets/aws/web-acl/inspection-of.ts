import type { Lowered } from '../../target.ts';
import { originSecretRule } from '../edge/origin-secret.ts';
import type { GatewayParts, OperationParts } from '../features/parts.ts';
import type { Inspection } from './web-acl.ts';

/** What the lowered features leave to AWS WAF. Behind a distribution it lets through only what comes from there. */
export function inspectionOf(
  { gateway, of }: Lowered<OperationParts, GatewayParts>,
  behindDistribution: boolean,
): Inspection {
  return {
    waf: gateway.waf,
    geo: gateway.geo,
    modeOf: (operation) => of(operation).waf,
    limitsOf: (operation) => of(operation).limits,
    accessOf: (operation) => {
      const part = of(operation).ipAccess;
      return part?.by === 'web ACL' ? part.access : undefined;
    },
    entrance: behindDistribution ? originSecretRule : undefined,
  };
}
