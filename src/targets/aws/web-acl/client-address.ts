import type { Gateway } from '../../../model/gateway.ts';
import type { Json } from '../template/cloudformation.ts';

/**
 * Behind a distribution every request comes from CloudFront: its function says who asked it, and a rule before all
 * others refuses whoever did not come through it.
 */
const viewerAddressHeader = 'x-gwc-viewer-address';

export function isBehindDistribution({ targets: { aws } }: Gateway): boolean {
  return aws.edge.value === 'cloudfront';
}

/** `ForwardedIPConfig` of a rule; an address that is none counts as a match or not. */
export function forwardedAddress(
  gateway: Gateway,
  FallbackBehavior: 'MATCH' | 'NO_MATCH',
): { readonly HeaderName: string; readonly FallbackBehavior: string } | undefined {
  return isBehindDistribution(gateway) ? { HeaderName: viewerAddressHeader, FallbackBehavior } : undefined;
}

/** `IPSetForwardedIPConfig`, which also says which of several addresses counts. */
export function forwardedInSet(gateway: Gateway, fallback: 'MATCH' | 'NO_MATCH'): Json | undefined {
  const forwarded = forwardedAddress(gateway, fallback);
  return forwarded === undefined ? undefined : { ...forwarded, Position: 'FIRST' };
}
