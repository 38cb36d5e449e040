import { authorizer } from './authorizer.js';
import { decoded } from './path.js';
import { requestFrom } from './request.js';

/*
 * REST APIs: what a REQUEST authorizer is told, and how it answers (API Gateway Developer Guide, "Input to an API Gateway
 * Lambda authorizer" and "Output from an API Gateway Lambda authorizer").
 */

/** What is known of a request. The path is as it was sent; parameters of the query have been decoded. */
function requestOf(event) {
  const { requestContext } = event;
  return requestFrom({
    operation: `${event.httpMethod} ${requestContext.resourcePath}`,
    path: event.path,
    variables: event.pathParameters,
    headers: event.multiValueHeaders,
    query: (name) => queryValues(event.multiValueQueryStringParameters ?? {}, name),
    peer: requestContext.identity.sourceIp,
    certificate: requestContext.identity.clientCert?.clientCertPem,
  });
}

/**
 * Decoded values of a parameter. In decoded text a blank may have been a plus sign, which the gateway leaves alone
 * elsewhere, and a percent sign may begin an escape that was left: such values are undefined, which nothing equals.
 */
function queryValues(parameters, name) {
  return Object.entries(parameters).flatMap(([key, values]) => {
    if (key === name) return values.map((value) => (isPlain(name) && isPlain(value) ? value : undefined));
    return decoded(key) === name ? values.map(() => undefined) : [];
  });
}

function isPlain(text) {
  return !/[ %]/.test(text);
}

/** The answer to an event. Exactly `Unauthorized` is what API Gateway takes for a caller who is not known. */
function answer({ outcome, subject, context }, event) {
  if (outcome === 'unauthenticated') throw new Error('Unauthorized');
  if (outcome !== 'allow' && outcome !== 'deny') throw new Error('Unavailable');
  return {
    principalId: subject === '' ? 'anonymous' : subject,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: outcome === 'allow' ? 'Allow' : 'Deny',
          Resource: `${event.methodArn.split('/').slice(0, 2).join('/')}/*`,
        },
      ],
    },
    context,
  };
}

/** What Lambda calls. `GATEWAY`, the data, and `PARTS`, what only some gateways need, stand in front of this text. */
exports.handler = authorizer(GATEWAY, { requestOf, answer });
