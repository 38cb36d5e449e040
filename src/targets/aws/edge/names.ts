/**
 * Headers between the edge and the regional API. Clients' copies of all of them are removed by the viewer-request
 * function, back ends' copies by the viewer-response function. Lower case; `sentAs` is how they arrive.
 */

/** Proves that a request passed the distribution; a custom header of the origin. */
export const originSecretHeader = 'x-gwc-origin';

/** Address of the client, where the regional API sees one of CloudFront. */
export const viewerAddressHeader = 'x-gwc-viewer-address';

/** Id of the request in CloudFront. Back ends must not receive it, nor `X-Amz-Cf-Id`, which is made of the same id. */
const requestHeader = 'x-gwc-request';

/** Says that the caller is unknown; its value is the one of `requestHeader`. */
const unauthenticatedHeader = 'x-gwc-unauthenticated';

/** Which resource of the API refuses the caller. */
const resourceHeader = 'x-gwc-resource';

/** Id of the request in API Gateway, which the problem names. */
const instanceHeader = 'x-gwc-id';

/**
 * A header's name as API Gateway receives it from CloudFront, which begins each word with a capital (CloudFront
 * Developer Guide, "CloudFront Functions event structure"). Expressions of API Gateway compare names with their case.
 */
export function sentAs(header: string): string {
  return header.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** What every integration must set: back ends see neither the secret of the origin nor ids that the edge trusts. */
export const hiddenFromBackends: readonly string[] = [
  originSecretHeader,
  requestHeader,
  viewerAddressHeader,
  'x-amz-cf-id',
];

/**
 * `responseParameters` of the UNAUTHORIZED gateway response, whose status code must be 302: functions do not see
 * answers from 400 on (CloudFront Developer Guide, "Restrictions on all edge functions").
 */
export const unauthenticatedParameters: Readonly<Record<string, string>> = {
  [`gatewayresponse.header.${unauthenticatedHeader}`]: `method.request.header.${sentAs(requestHeader)}`,
  [`gatewayresponse.header.${resourceHeader}`]: 'context.resourcePath',
  [`gatewayresponse.header.${instanceHeader}`]: 'context.requestId',
};
