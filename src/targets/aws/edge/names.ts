/**
 * Headers between the edge and the regional API. Clients' copies of all of them are removed by the viewer-request
 * function, back ends' copies by the viewer-response function. Names as they arrive: CloudFront begins each word with a
 * capital (Developer Guide, "CloudFront Functions event structure"), and mappings of API Gateway compare case.
 */

/** Proves that a request passed the distribution; a custom header of the origin. */
export const originSecretHeader = 'X-Gwc-Origin';

/** Address of the client, where the regional API sees one of CloudFront. */
export const viewerAddressHeader = 'X-Gwc-Viewer-Address';

/** Id of the request in CloudFront. */
const requestHeader = 'X-Gwc-Request';

/** A header as an expression of a mapping. */
export function edgeHeader(name: string): string {
  return `method.request.header.${name}`;
}

/**
 * What every integration must overwrite: back ends see neither the secret of the origin nor ids by which the edge
 * knows answers of the gateway. CloudFront makes `X-Amz-Cf-Id` of the same id.
 */
export const hiddenFromBackends: readonly string[] = [
  originSecretHeader,
  requestHeader,
  viewerAddressHeader,
  'X-Amz-Cf-Id',
];

/**
 * Headers of the gateway responses for unknown callers, with their expressions; `suffix`: of the API. The status must be
 * 302: functions do not see answers from 400 on (CloudFront Developer Guide, "Restrictions on all edge functions").
 */
export function unauthenticatedHeaders(suffix: string): ReadonlyMap<string, string> {
  return new Map([
    ['X-Gwc-Unauthenticated', edgeHeader(requestHeader)],
    ['X-Gwc-Resource', 'context.resourcePath'],
    ['X-Gwc-Id', 'context.requestId'],
    ...(suffix === '' ? [] : [['X-Gwc-Api', `'${suffix}'`] as const]),
  ]);
}
