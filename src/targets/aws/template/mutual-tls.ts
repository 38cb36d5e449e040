import type { Gateway } from '../../../model/gateway.ts';
import { statedCertificate } from './certificate.ts';
import { ifElse, type Json, noValue, ref } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { asksForClientCertificates } from './security-policy.ts';

/** Properties of domain names that ask for client certificates, and where the authorities of those are. */
export interface MutualTls {
  readonly fragment: Fragment;
  readonly properties: { readonly [name: string]: Json };
}

/**
 * Mutual TLS wants a certificate that ACM itself issued as the proof of who owns the name, also where an imported one is
 * shown (API Gateway Developer Guide, "How to turn on mutual TLS authentication for your REST APIs in API Gateway").
 */
export function mutualTls(gateway: Gateway): MutualTls {
  if (!asksForClientCertificates(gateway.tls)) return { fragment: {}, properties: {} };
  if (statedCertificate(gateway) === undefined) return trustStore;
  return {
    fragment: {
      Parameters: { ...trustStore.fragment.Parameters, ...ownership.fragment.Parameters },
      Conditions: { ...trustStore.fragment.Conditions, ...ownership.fragment.Conditions },
    },
    properties: { ...trustStore.properties, ...ownership.properties },
  };
}

const trustStore: MutualTls = {
  fragment: {
    Parameters: {
      TrustStoreUri: {
        Type: 'String',
        Description:
          'The authorities of client certificates: a PEM file in S3, s3://bucket/key, of this region.',
        AllowedPattern: '^s3://.+/.+$',
      },
      TrustStoreVersion: {
        Type: 'String',
        Description:
          'Version of that object, where the bucket keeps versions: a new one takes effect with it.',
        Default: '',
      },
    },
    Conditions: { HasTrustStoreVersion: isGiven('TrustStoreVersion') },
  },
  properties: {
    MutualTlsAuthentication: {
      TruststoreUri: ref('TrustStoreUri'),
      TruststoreVersion: ifElse('HasTrustStoreVersion', ref('TrustStoreVersion'), noValue),
    },
  },
};

const ownership: MutualTls = {
  fragment: {
    Parameters: {
      OwnershipCertificateArn: {
        Type: 'String',
        Description:
          'ARN of a certificate of ACM for the same names, where the stated one is imported or of a private authority.',
        Default: '',
      },
    },
    Conditions: { HasOwnershipCertificate: isGiven('OwnershipCertificateArn') },
  },
  properties: {
    OwnershipVerificationCertificateArn: ifElse(
      'HasOwnershipCertificate',
      ref('OwnershipCertificateArn'),
      noValue,
    ),
  },
};

function isGiven(parameter: string): Json {
  return { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, ''] }] };
}
