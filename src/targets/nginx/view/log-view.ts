import { fieldValue, headerOfField, queryVariable, splitField } from '../front/log-fields.ts';
import type { Plan } from '../plan.ts';
import { type JsonWithVariables, logFormat } from '../token/json.ts';
import { capture, choice, literal, mapRegex, noneOf, repeat, start } from '../token/regex.ts';
import { interpolated, variable, variableName } from '../token.ts';

export type LogView = ReturnType<typeof logView>;

/** The format of the access log. A redacted field is left out, not masked. */
export function logView(plan: Plan) {
  const { fields, redact } = plan.parts.accessLog;
  const redacted = new Set(redact);
  const shown = fields.value.filter((field) => {
    const header = headerOfField[field];
    return !redacted.has(field) && (header === undefined || !redacted.has(`header.${header}`));
  });
  const queries = shown.flatMap((field) => {
    const [kind, name] = splitField(field);
    return kind === 'query' ? [name] : [];
  });
  const members = shown.flatMap((field): readonly (readonly [string, JsonWithVariables])[] => {
    const value = fieldValue(field, queries);
    return value === undefined ? [] : [[field, value]];
  });
  return {
    format: logFormat({ members }).map((part) => ({ part })),
    queries: queries.map((name, index) => ({
      variable: variableName(queryVariable(index)),
      parameter: mapRegex(
        choice([start], [literal('&')]),
        literal(`${name}=`),
        capture(`gw_q${index}`, repeat(noneOf('&'), 'any')),
      ),
      value: interpolated(variable(`gw_q${index}`)),
    })),
  };
}
