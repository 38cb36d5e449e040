import type { DeclaredParameter, JsonSchema, Validation } from '../../../model/inspection.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

/**
 * API Gateway Developer Guide, "Request validation for REST APIs": parameters must be there and not blank, nothing else
 * of them is looked at; a body is compared with the model of its Content-Type, and one of another type with none.
 */
export const validation: Lowering<Sourced<Validation>, OperationScope, Validation> = {
  support: 'partial',
  note: 'params: that required ones are there; no types or patterns; bodies of types without a model pass',
  lower: ({ value }): Outcome<Validation> => {
    const refusal = refusalOfParameters(value) ?? refusalOfBody(value);
    if (refusal !== undefined) return { kind: 'unsupported', ...refusal };
    const logged = [value.params, value.body, value.response].includes('log');
    return {
      kind: 'exact',
      part: value,
      ...(logged ? { remark: 'what does not conform is passed on, and nothing of it is logged' } : {}),
    };
  },
};

function refusalOfParameters({ params, parameters }: Validation) {
  if (params !== 'enforce') return undefined;
  const cookie = parameters.find((one) => one.in === 'cookie' && (one.required || isConstrained(one)));
  if (cookie !== undefined)
    return {
      reason: `API Gateway looks at no cookies, and "${cookie.name}" is one`,
      instead: 'Write validate.params: log, and let the back end check it.',
      at: cookie.at,
    };
  const constrained = parameters.find(isConstrained);
  if (constrained !== undefined)
    return {
      reason: `API Gateway checks that "${constrained.name}" is there, and nothing of its value`,
      instead: 'Write validate.params: log, and let the back end check values.',
      at: constrained.at,
    };
  const odd = parameters.find(({ name }) => !/^[A-Za-z0-9._$-]+$/.test(name));
  return odd === undefined
    ? undefined
    : { reason: `no parameter of API Gateway can be called "${odd.name}"`, instead: undefined, at: odd.at };
}

function refusalOfBody({ body, content }: Validation) {
  if (body !== 'enforce' || content === undefined) return undefined;
  return {
    reason: 'a body whose Content-Type names no model reaches the back end without a check',
    instead: 'Write validate.body: log, and let the back end check bodies.',
    at: content.at,
  };
}

/** Anything that a schema says beyond "a text". */
function isConstrained({ schema }: DeclaredParameter): boolean {
  if (schema === undefined || schema === true) return false;
  if (schema === false) return true;
  return Object.keys(schema).some((keyword) => !isWithoutEffect(keyword, schema));
}

const annotations: ReadonlySet<string> = new Set([
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
]);

function isWithoutEffect(keyword: string, schema: Exclude<JsonSchema, boolean>): boolean {
  return (
    annotations.has(keyword) ||
    keyword.startsWith('x-') ||
    (keyword === 'type' && schema['type'] === 'string')
  );
}
