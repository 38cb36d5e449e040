import type { Gateway } from '../../../model/gateway.ts';
import { getAtt, ifElse, type Json, noValue, type Resource, ref, sub } from '../template/cloudformation.ts';
import { idFor } from '../template/logical-id.ts';
import { originSecretCustomHeader } from './origin-secret.ts';

/** CloudFront Developer Guide, "Use managed cache policies": CachingDisabled. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/**
 * CloudFront Developer Guide, "Use managed origin request policies": AllViewer, all headers with Host, cookies and
 * parameters. With Host the name in TLS is the client's too, and so the one of the regional custom domain.
 */
const allViewer = '216adef6-5c7f-47e4-b989-5492eafa07d3';

/** Errors that CloudFront would keep for ten seconds for everybody (Developer Guide, "How CloudFront caches error responses"). */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export const distributionId = (host: string): string => idFor('EdgeDistribution', host);
export const certificateParameter = (host: string): string => idFor('EdgeCertificateArn', host);

/** One distribution a host: each has one certificate, and the regional domain of the same name for its origin. */
export function distribution({ tls }: Gateway, host: string): Resource {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Comment: sub('${AWS::StackName}'),
        Aliases: [host],
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        ViewerCertificate: {
          AcmCertificateArn: ref(certificateParameter(host)),
          MinimumProtocolVersion: tls.minVersion.value === '1.3' ? 'TLSv1.3_2025' : 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
        WebACLId: ifElse('EdgeHasWebAcl', ref('EdgeWebAclArn'), noValue),
        Logging: ifElse(
          'EdgeHasLogBucket',
          { Bucket: ref('EdgeLogBucket'), Prefix: `${host}/`, IncludeCookies: false },
          noValue,
        ),
        Origins: [regionalOrigin(getAtt(idFor('Domain', host), 'RegionalDomainName'))],
        DefaultCacheBehavior: {
          TargetOriginId: 'regional-api',
          ViewerProtocolPolicy: tls.redirectHttp.value ? 'redirect-to-https' : 'https-only',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          CachePolicyId: cachingDisabled,
          OriginRequestPolicyId: allViewer,
          ResponseHeadersPolicyId: ref('EdgeResponseHeaders'),
          Compress: false,
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: getAtt('EdgeViewerRequest', 'FunctionARN') },
            { EventType: 'viewer-response', FunctionARN: getAtt('EdgeViewerResponse', 'FunctionARN') },
          ],
        },
        CustomErrorResponses: keptErrors.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
      },
    },
  };
}

/** One attempt: CloudFront would otherwise send a request again that the API was slow to answer. */
function regionalOrigin(domain: Json): Json {
  return {
    Id: 'regional-api',
    DomainName: domain,
    ConnectionAttempts: 1,
    ConnectionTimeout: 5,
    CustomOriginConfig: {
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      OriginReadTimeout: 30,
      OriginKeepaliveTimeout: 5,
    },
    OriginCustomHeaders: [originSecretCustomHeader],
  };
}

/** A function of the stack; its name, at most 64 characters, is unique in the account by the last part of the stack's id. */
export function cloudFrontFunction(name: string, code: string): Resource {
  const stack: Json = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
  const unique: Json = { 'Fn::Select': [4, { 'Fn::Split': ['-', stack] }] };
  return {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: { 'Fn::Join': ['-', ['gwc', name, unique]] },
      AutoPublish: true,
      FunctionConfig: { Comment: sub('${AWS::StackName}'), Runtime: 'cloudfront-js-2.0' },
      FunctionCode: code,
    },
  };
}
