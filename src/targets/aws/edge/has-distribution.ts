import type { Gateway } from '../../../model/gateway.ts';

/** Whether clients reach the API through a distribution of CloudFront only. */
export function hasDistribution({ targets: { aws } }: Gateway): boolean {
  return aws.edge.value === 'cloudfront';
}
