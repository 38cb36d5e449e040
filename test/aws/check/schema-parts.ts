export const text = { type: 'string', minLength: 1 };
export const texts = { type: 'object', additionalProperties: { type: 'string' } };
export const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** Whole values only: a literal in single quotes, or one variable (DG, "Parameter mapping examples for REST APIs"). */
export const literal = "'[^']*'";
export const variable = '(?:context|stageVariables)\\.[A-Za-z0-9._$-]+';
export const request =
  'method\\.request\\.(?:path|querystring|multivaluequerystring|header|multivalueheader)\\.[A-Za-z0-9._$-]+';
export const requestValue = {
  type: 'string',
  pattern: `^(?:${literal}|${variable}|${request}|method\\.request\\.body(?:\\..+)?)$`,
};
export const answerValue = {
  type: 'string',
  pattern: `^(?:${literal}|${variable}|integration\\.response\\.(?:header\\.[A-Za-z0-9._$-]+|body(?:\\..+)?))$`,
};
export const named = (pattern: string, value: object): object => ({
  type: 'object',
  additionalProperties: false,
  patternProperties: { [pattern]: value },
});
export const name = '[A-Za-z0-9._$-]+';
export const status = { type: 'string', pattern: '^[1-5][0-9]{2}$' };
export const handling = { enum: ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'] };

/** Whatever holds to the one holds to the other. */
export const implies = (condition: object, consequence: object): object => ({
  anyOf: [{ not: condition }, consequence],
});
