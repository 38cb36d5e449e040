import type { Gateway } from '../../../model/gateway.ts';
import type { Fragment } from './fragment.ts';

export const hostedZoneId = 'HostedZoneId';
export const hasHostedZone = 'HasHostedZone';

/** The zone of Route 53 that holds the hosts, where there is one; nobody else's records are touched. */
export function hostedZone({ targets: { aws } }: Gateway): Fragment {
  return {
    Parameters: {
      [hostedZoneId]: {
        Type: 'String',
        Description:
          'Route 53 zone in which the hosts get their records and certificates are validated; empty: somebody writes the records by hand.',
        Default: aws.hostedZone?.value ?? '',
      },
    },
    Conditions: { [hasHostedZone]: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: hostedZoneId }, ''] }] } },
  };
}
