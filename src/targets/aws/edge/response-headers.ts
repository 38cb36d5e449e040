import type { Gateway, HeaderChanges } from '../../../model/gateway.ts';
import { type Json, type Resource, sub } from '../template/cloudformation.ts';

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

/**
 * The changes of response headers of all operations, where they are the same and the policy can make them; undefined
 * otherwise. An addition beside what the back end sent is not one: a policy replaces or leaves a header.
 */
export function commonHeaderChanges({ sites }: Gateway): HeaderChanges | undefined {
  const all = sites.flatMap(({ routes }) => routes.flatMap(({ operations }) => operations));
  const changes = all.map(({ features }) => features.responseHeaders?.value);
  const [first] = changes;
  const same = new Set(changes.map((one) => JSON.stringify(one)));
  return first !== undefined && same.size === 1 && first.add.length === 0 && isWithinPolicy(first)
    ? first
    : undefined;
}

/**
 * Headers that a policy cannot remove, and at most ten of each kind (CloudFront Developer Guide, "Understand response
 * headers policies" and "Quotas on policies").
 */
function isWithinPolicy({ set, remove }: HeaderChanges): boolean {
  const fixed =
    /^(?:connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/i;
  const names = [...set.map(({ name }) => name), ...remove];
  return set.length <= 10 && remove.length <= 10 && !names.some((name) => fixed.test(name));
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
