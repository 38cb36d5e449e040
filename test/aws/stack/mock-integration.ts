import { headerValues } from '../../support/http-message.ts';
import type { Integration, IntegrationResponse } from './api.ts';
import { type Answer, type Exchange, GatewayFailure } from './exchange.ts';
import { ownHeaders } from './gateway-responses.ts';
import { mappingValue } from './mapping-value.ts';
import type { Readings } from './readings.ts';
import { renderTemplate } from './velocity.ts';

/**
 * API Gateway Developer Guide, "Set up mock integrations for REST APIs": the request template yields a `statusCode`, which
 * chooses the response. Templates are chosen by content type ("Method request behavior for payloads without mapping
 * templates"): without one of the request's type, `never` is UNSUPPORTED_MEDIA_TYPE, and so is `when_no_templates` where
 * there are others.
 */
export function answerMock(integration: Integration, exchange: Exchange, readings: Readings): Answer {
  const { passthroughBehavior, requestTemplates } = integration;
  const template = requestTemplates.get(contentType(exchange)) ?? requestTemplates.get('$default');
  if (template === undefined) {
    const refused =
      passthroughBehavior === 'never' ||
      (passthroughBehavior === 'when_no_templates' && requestTemplates.size > 0);
    if (refused) throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  }
  const made =
    template === undefined ? exchange.request.body.toString('utf8') : renderTemplate(template, exchange).text;
  const status = /"?statusCode"?\s*:\s*"?(\d{3})/.exec(made)?.[1];
  if (status === undefined) throw new GatewayFailure('DEFAULT_5XX', 'Internal server error');
  exchange.integrationStatus = Number(status);
  const response = chosen(integration.responses, status);
  if (response === undefined) throw new GatewayFailure('DEFAULT_5XX', 'Internal server error');
  return mapped(response, exchange, readings);
}

function contentType({ headers }: Exchange): string {
  return (headerValues(headers, 'content-type').at(-1) ?? 'application/json').split(';')[0]?.trim() ?? '';
}

/** The first expression that matches the whole status, else `default`. */
function chosen(responses: Integration['responses'], status: string): IntegrationResponse | undefined {
  for (const [pattern, response] of responses)
    if (pattern !== 'default' && new RegExp(`^(?:${pattern})$`).test(status)) return response;
  return responses.get('default');
}

/** Only headers that the method response declares may be set; `$context.responseOverride` changes them and the status. */
function mapped(response: IntegrationResponse, exchange: Exchange, readings: Readings): Answer {
  const declared = exchange.method?.responses.get(response.statusCode);
  if (declared === undefined) throw new GatewayFailure('DEFAULT_5XX', 'Internal server error');
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): void => void headers.set(name.toLowerCase(), [name, value]);
  const [type, template] = responseTemplate(response, exchange);
  set('Content-Type', type);
  for (const [name, value] of ownHeaders(exchange)) set(name, value);
  for (const [target, expression] of response.responseParameters) {
    const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1] ?? '';
    if (!declared.has(name.toLowerCase()))
      throw new Error(`${target} is not declared by the method response`);
    const value = mappingValue(expression, exchange, readings);
    if (value !== undefined && value !== '') set(name, value);
  }
  const { override, text } = renderTemplate(template, exchange);
  for (const [name, value] of Object.entries(override.header)) set(name, value);
  return {
    status: override.status ?? Number(response.statusCode),
    headers: [...headers.values()],
    body: Buffer.from(text, 'utf8'),
  };
}

/** By `Accept`, else JSON's, else the first one ("Parameter mapping examples", choice of templates). */
function responseTemplate(
  { responseTemplates }: IntegrationResponse,
  { headers }: Exchange,
): readonly [string, string] {
  const accepted = (headerValues(headers, 'accept')[0] ?? '').split(/[,;]/)[0]?.trim() ?? '';
  const type = [accepted, 'application/json', [...responseTemplates.keys()][0] ?? ''].find((one) =>
    responseTemplates.has(one),
  );
  return [type ?? 'application/json', responseTemplates.get(type ?? '') ?? ''];
}
