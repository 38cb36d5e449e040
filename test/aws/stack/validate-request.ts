import Ajv04 from 'ajv-draft-04';
import { headerValues } from '../../support/http-message.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';
import { isRecord, type Json } from './json.ts';
import { queryPairs } from './request.ts';

/**
 * API Gateway Developer Guide, "Use request validation for REST APIs": required parameters must be there and not blank,
 * and the body must hold to the model of its media type, JSON Schema draft 4. Header names are compared exactly
 * (recorded). Nothing else of parameters is checked. A body without a model of its type is not validated.
 */
export function validateRequest(exchange: Exchange): void {
  const { method } = exchange;
  if (method === undefined) return;
  if (method.validatesParameters) {
    const missing = [...method.requestParameters]
      .filter(([name, required]) => required && !isPresent(name, exchange))
      .map(([name]) => name.split('.').slice(3).join('.'))
      .sort();
    if (missing.length > 0) {
      const said = `Missing required request parameters: [${missing.join(', ')}]`;
      throw new GatewayFailure('BAD_REQUEST_PARAMETERS', said, { validation: said });
    }
  }
  if (!method.validatesBody) return;
  const type =
    (headerValues(exchange.headers, 'content-type')[0] ?? 'application/json').split(';')[0]?.trim() ?? '';
  const model = method.requestModels.get(type) ?? method.requestModels.get('$default');
  if (model !== undefined && !isValid(exchange.request.body, model))
    throw new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body', {
      validation: '[object has wrong form]',
    });
}

function isPresent(parameter: string, { headers, parameters, request }: Exchange): boolean {
  const [, , place, ...rest] = parameter.split('.');
  const name = rest.join('.');
  const filled = (value: string | undefined): boolean => value !== undefined && value.trim() !== '';
  switch (place) {
    case 'path':
      return filled(parameters?.get(name));
    case 'querystring':
      return queryPairs(request.query).some(([key, value]) => key === name && filled(value));
    default:
      return headers.some(([key, value]) => key === name && filled(value));
  }
}

/** An empty body is an empty object (recorded). */
function isValid(body: Buffer, model: Json): boolean {
  let instance: unknown;
  try {
    instance = JSON.parse(body.length === 0 ? '{}' : body.toString('utf8'));
  } catch {
    return false;
  }
  const ajv = new Ajv04.default({ strict: false, logger: false });
  return ajv.validate(isRecord(model) ? { ...model } : {}, instance) === true;
}
