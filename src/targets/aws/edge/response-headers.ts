import type { Gateway, HeaderChanges } from '../../../model/gateway.ts';
import { type Json, type Resource, sub } from '../template/cloudformation.ts';
import { commonHeaderChanges } from './header-changes.ts';

/**
 * Headers of every answer, errors too: HSTS (BEHAVIOUR.md T2), and what all operations change alike. CloudFront changes
 * what it serves, wherever that comes from (Developer Guide, "Add or remove HTTP headers in CloudFront responses").
 */
export function responseHeadersPolicy(gateway: Gateway): Resource {
  const changes = commonHeaderChanges(gateway);
  return {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: sub('${AWS::StackName}-${AWS::Region}-edge'),
        SecurityHeadersConfig: {
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: gateway.tls.hstsSeconds.value,
            IncludeSubdomains: false,
            Preload: false,
            Override: true,
          },
        },
        ...(changes === undefined ? {} : customHeaders(changes)),
      },
    },
  };
}

function customHeaders({ set, remove }: HeaderChanges): { readonly [name: string]: Json } {
  const items: Json = set.map(({ name, value }) => ({ Header: name, Value: value, Override: true }));
  const removed = remove.filter((name) => !set.some((one) => one.name.toLowerCase() === name.toLowerCase()));
  return {
    ...(set.length === 0 ? {} : { CustomHeadersConfig: { Items: items } }),
    ...(removed.length === 0
      ? {}
      : { RemoveHeadersConfig: { Items: removed.map((name) => ({ Header: name })) } }),
  };
}
