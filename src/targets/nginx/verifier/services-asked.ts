import type { Expression } from '../../../model/policy.ts';
import type { ExternalService } from './external-location.ts';

/** The services that an expression may ask, in its order. */
export function servicesAsked(expression: Expression): readonly ExternalService[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(servicesAsked);
    case 'not':
      return servicesAsked(expression.of);
    case 'policy':
      return servicesAsked(expression.is);
    case 'external':
      return [expression];
    default:
      return [];
  }
}
