import { loginUrl } from '../../../extension/values/url.ts';
import type { Node } from '../../../source/node.ts';
import { commentText } from '../yaml-text.ts';
import { constantOf, entriesOf, type Findings, isUsable, textOf } from './findings.ts';

/**
 * Reads `x-amazon-apigateway-gateway-responses`: where people without a credential are sent, if they are. gwc answers
 * every error of its own with problem+json and the status that fits, so all other responses become notes.
 */
export function readGatewayResponses(node: Node, findings: Findings): string | undefined {
  let login: string | undefined;
  for (const [type, response] of entriesOf(node, 'a map of gateway responses', findings)) {
    const status = textOf(response.child('statusCode'), 'a status', findings);
    const parameters = entriesOf(
      response.child('responseParameters'),
      'a map of response parameters',
      findings,
    );
    const location = parameters.find(([name]) => /^gatewayresponse\.header\.location$/i.test(name))?.[1];
    if (location !== undefined && /^30[12378]$/.test(status ?? '')) {
      const url = constantOf(textOf(location, 'a location', findings) ?? '');
      if (type === 'UNAUTHORIZED' && url !== undefined && isUsable(loginUrl, url, location.at)) login = url;
      else if (type === 'UNAUTHORIZED')
        findings.note(
          location,
          'Callers without a credential are redirected to a place that is computed, or that gwc does not take: login: {when: always, url: https://…, returnParam: false}.',
        );
      else
        findings.note(
          location,
          `The response ${commentText(type)} redirects; gwc redirects callers without a credential only (login).`,
        );
      continue;
    }
    explain(status, response, parameters, findings);
  }
  return login;
}

function explain(
  status: string | undefined,
  response: Node,
  parameters: readonly (readonly [string, Node])[],
  findings: Findings,
): void {
  const others = parameters.filter(([name]) => !/access-control-/i.test(name));
  const templates = entriesOf(response.child('responseTemplates'), 'a map of templates', findings);
  const parts = [
    ...(status === undefined ? [] : [`the status ${commentText(status)}`]),
    ...(others.length === 0 ? [] : ['headers of its own']),
    ...(templates.length === 0 ? [] : ['a body of its own']),
  ];
  if (parts.length > 0) {
    findings.note(
      response,
      `A gateway response has ${parts.join(', ')}; gwc answers its own errors with problem+json (RFC 9457) and the status that fits.`,
    );
  }
  if (others.length < parameters.length) {
    findings.note(
      response,
      'Errors have CORS headers; gwc writes those of cors into every answer, its own errors too.',
    );
  }
}
