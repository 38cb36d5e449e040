import type { Gateway } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { viewerAddressHeader } from '../edge/names.ts';
import type { Json } from '../template/cloudformation.ts';

/**
 * `ForwardedIPConfig` of a rule; an address that is none counts as a match or not. Behind a distribution every request
 * comes from CloudFront: its function says who asked it, and a rule before all others refuses whoever did not come
 * through it.
 */
export function forwardedAddress(
  gateway: Gateway,
  FallbackBehavior: 'MATCH' | 'NO_MATCH',
): { readonly HeaderName: string; readonly FallbackBehavior: string } | undefined {
  return hasDistribution(gateway) ? { HeaderName: viewerAddressHeader, FallbackBehavior } : undefined;
}

/** `IPSetForwardedIPConfig`, which also says which of several addresses counts. */
export function forwardedInSet(gateway: Gateway, fallback: 'MATCH' | 'NO_MATCH'): Json | undefined {
  const forwarded = forwardedAddress(gateway, fallback);
  return forwarded === undefined ? undefined : { ...forwarded, Position: 'FIRST' };
}
