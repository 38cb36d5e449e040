import type { Lowered } from '../../target.ts';
import type { GatewayParts, OperationParts } from '../features/parts.ts';
import type { Inspection } from './web-acl.ts';

/** What the lowered features leave to AWS WAF. */
export function inspectionOf({ gateway, of }: Lowered<OperationParts, GatewayParts>): Inspection {
  return {
    waf: gateway.waf,
    geo: gateway.geo,
    modeOf: (operation) => of(operation).waf,
    limitsOf: (operation) => of(operation).limits,
    accessOf: (operation) => {
      const part = of(operation).ipAccess;
      return part?.by === 'web ACL' ? part.access : undefined;
    },
    entrance: undefined,
  };
}
