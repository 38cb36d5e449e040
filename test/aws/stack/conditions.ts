import { isRecord, type Json, type JsonRecord, listOf, textOf } from './json.ts';

/**
 * The value of a condition (CloudFormation User Guide, "Condition functions"). `resolve` evaluates what is compared.
 */
export function holds(
  expression: Json | undefined,
  conditions: JsonRecord,
  resolve: (value: Json) => Json | undefined,
): boolean {
  if (!isRecord(expression)) throw new Error(`no condition: ${JSON.stringify(expression)}`);
  const [[name, argument] = ['', undefined]] = Object.entries(expression);
  const inner = (value: Json): boolean => holds(value, conditions, resolve);
  switch (name) {
    case 'Condition': {
      const other = textOf(argument, 'Condition');
      if (!Object.hasOwn(conditions, other)) throw new Error(`no condition ${other}`);
      return holds(conditions[other], conditions, resolve);
    }
    case 'Fn::Equals': {
      const [left, right] = listOf(argument, name).map((value) => JSON.stringify(resolve(value)));
      return left === right;
    }
    case 'Fn::Not':
      return !listOf(argument, name).some(inner);
    case 'Fn::And':
      return listOf(argument, name).every(inner);
    case 'Fn::Or':
      return listOf(argument, name).some(inner);
    default:
      throw new Error(`no condition function: ${name}`);
  }
}
