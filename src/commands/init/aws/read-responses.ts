import type { Node } from '../../../source/node.ts';
import { entriesOf, type Findings, textOf } from './findings.ts';

/** One entry of `responses` of an integration that is no proxy. */
export interface IntegrationResponse {
  /** `default`, or a regular expression that selects it. */
  readonly selector: string;
  readonly status: number | undefined;
  /** Header in lower case → where its value comes from. */
  readonly headers: ReadonlyMap<string, { readonly text: string; readonly at: Node }>;
  readonly at: Node;
  readonly hasTemplate: boolean;
}

/** Reads `responses` of an integration (API Gateway Developer Guide, "x-amazon-apigateway-integration.responses object"). */
export function readResponses(node: Node | undefined, findings: Findings): readonly IntegrationResponse[] {
  return entriesOf(node, 'a map of integration responses', findings).map(([selector, response]) => {
    const status = textOf(response.child('statusCode'), 'a status', findings);
    const templates = entriesOf(response.child('responseTemplates'), 'a map of templates', findings);
    return {
      selector,
      status: status !== undefined && /^[1-5][0-9]{2}$/.test(status) ? Number(status) : undefined,
      headers: headersOf(response.child('responseParameters'), findings),
      at: response,
      hasTemplate: templates.some(([, { value }]) => value !== null && value !== ''),
    };
  });
}

function headersOf(node: Node | undefined, findings: Findings): IntegrationResponse['headers'] {
  const headers = new Map<string, { text: string; at: Node }>();
  for (const [key, value] of entriesOf(node, 'a map of response parameters', findings)) {
    const name = /^method\.response\.header\.(.+)$/s.exec(key)?.[1];
    const text = textOf(value, 'a response parameter', findings);
    if (text === undefined) continue;
    if (name === undefined)
      findings.note(value, 'A response parameter that is no header is not carried over.');
    else headers.set(name.toLowerCase(), { text, at: value });
  }
  return headers;
}

/** The response that API Gateway chooses for a status: the first whose expression matches it, else the default. */
export function responseFor(
  status: number | undefined,
  responses: readonly IntegrationResponse[],
): IntegrationResponse | undefined {
  const named = responses.find(({ selector }) => selector === String(status));
  return named ?? responses.find(({ selector }) => selector === 'default') ?? responses[0];
}
