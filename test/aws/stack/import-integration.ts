import type { Integration, IntegrationResponse } from './api.ts';
import { type JsonRecord, optionalRecord, optionalText, recordOf, textMembers, textOf } from './json.ts';

/** Seconds that API Gateway waits for a back end unless it is told otherwise (recorded: 29000). */
const defaultTimeout = 29_000;

/** API Gateway Developer Guide, "x-amazon-apigateway-integration object". */
export function importIntegration(value: JsonRecord, where: string): Integration {
  const type = textOf(value['type'], `${where}.type`).toLowerCase();
  if (!isType(type)) throw new Error(`${where}.type: ${type} is no integration type`);
  const httpMethod = optionalText(value['httpMethod'], `${where}.httpMethod`);
  const uri = optionalText(value['uri'], `${where}.uri`);
  if (type !== 'mock' && httpMethod === undefined)
    throw new Error(`${where}: enumeration value for HttpMethod must be non-empty`);
  if (type.startsWith('http') && !/^https?:\/\/./.test(uri ?? ''))
    throw new Error(`${where}: invalid HTTP endpoint specified for URI`);
  const responses = Object.entries(optionalRecord(value['responses'], `${where}.responses`));
  return {
    type,
    httpMethod,
    uri,
    connectionType: value['connectionType'] === 'VPC_LINK' ? 'VPC_LINK' : 'INTERNET',
    requestParameters: textMembers(value['requestParameters'], `${where}.requestParameters`),
    requestTemplates: textMembers(value['requestTemplates'], `${where}.requestTemplates`),
    passthroughBehavior: passthrough(value['passthroughBehavior'], where),
    timeoutInMillis: typeof value['timeoutInMillis'] === 'number' ? value['timeoutInMillis'] : defaultTimeout,
    responses: new Map(
      responses.map(([pattern, response]) => [pattern, importResponse(recordOf(response, where), where)]),
    ),
  };
}

function importResponse(value: JsonRecord, where: string): IntegrationResponse {
  return {
    statusCode: textOf(value['statusCode'], `${where}.statusCode`),
    responseParameters: textMembers(value['responseParameters'], `${where}.responseParameters`),
    responseTemplates: textMembers(value['responseTemplates'], `${where}.responseTemplates`),
  };
}

function passthrough(value: unknown, where: string): Integration['passthroughBehavior'] {
  const text = optionalText(value, where)?.toLowerCase() ?? 'when_no_match';
  if (text === 'when_no_match' || text === 'when_no_templates' || text === 'never') return text;
  throw new Error(`${where}.passthroughBehavior: ${text}`);
}

const isType = (type: string): type is Integration['type'] =>
  ['http', 'http_proxy', 'aws', 'aws_proxy', 'mock'].includes(type);
