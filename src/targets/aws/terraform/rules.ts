import type { Json } from '../template/cloudformation.ts';
import type { Arguments } from './configuration.ts';
import type { Place } from './mapping.ts';
import { intrinsicOf, isList, jsonOf } from './value.ts';

/** What becomes of one property. */
export type Rule = (value: Json, place: Place, property: string) => Arguments;

/** Properties by their names in CloudFormation. */
export type Rules = { readonly [property: string]: Rule };

/** The arguments of an object. A property that no rule knows is a mistake in gwc. */
export function argumentsOf(value: Json | undefined, rules: Rules, place: Place): Arguments {
  if (typeof value !== 'object' || value === null || isList(value) || intrinsicOf(value) !== undefined)
    throw new RangeError(`${place.logicalId} has a value where Terraform wants an object`);
  let written: Arguments = {};
  for (const [property, one] of Object.entries(value)) {
    if (one === undefined) continue;
    const rule = Object.hasOwn(rules, property) ? rules[property] : undefined;
    if (rule === undefined)
      throw new RangeError(
        `no equal of the property ${property} of ${place.resource.Type} in Terraform is known`,
      );
    written = merged(written, rule(one, place, property));
  }
  return written;
}

/** Conditional blocks share the member `dynamic`. */
export function merged(one: Arguments, other: Arguments): Arguments {
  const { dynamic: first } = one;
  const { dynamic: second } = other;
  const both = first !== undefined && second !== undefined;
  return { ...one, ...other, ...(both ? { dynamic: { ...(first as object), ...(second as object) } } : {}) };
}

export function argument(name: string): Rule {
  return (value, { scope }) => ({ [name]: jsonOf(value, scope) });
}

/** The value as the text of a JSON document. It stands among the local values, where people can read it. */
export function document(name: string): Rule {
  return (value, place) => ({ [name]: `\${jsonencode(${kept(`${place.name}_${name}`, value, place)})}` });
}

/** The same for a document that belongs to no argument of the resource itself. */
export function kept(name: string, value: Json, { scope }: Place): string {
  return scope.keep(name, jsonOf(value, scope));
}

/** Nested blocks: one of an object, several of a list, one or none where a condition takes the property away. */
export function block(name: string, rules: Rules, fixed: Arguments = {}): Rule {
  const content = (value: Json, place: Place): Json => ({ ...argumentsOf(value, rules, place), ...fixed });
  return (value, place) => {
    if (isList(value)) return value.length === 0 ? {} : { [name]: value.map((one) => content(one, place)) };
    const [intrinsic, parts] = intrinsicOf(value) ?? [];
    if (intrinsic === undefined) return { [name]: content(value, place) };
    const [condition, then, otherwise] = isList(parts) ? parts : [];
    if (
      intrinsic !== 'Fn::If' ||
      then === undefined ||
      JSON.stringify(otherwise) !== '{"Ref":"AWS::NoValue"}'
    )
      throw new RangeError(
        `${place.logicalId} has a block that is not there on other terms than one condition`,
      );
    const for_each = `\${${place.scope.condition(String(condition))} ? [1] : []}`;
    return { dynamic: { [name]: { for_each, content: content(then, place) } } };
  };
}

/** Members of an object that are arguments of the resource itself. */
export function members(rules: Rules): Rule {
  return (value, place) => argumentsOf(value, rules, place);
}

/** A list of objects with a name and a value as a map. */
export function pairs(name: string, key: string, item: string): Rule {
  return (value, place) => ({
    [name]: Object.fromEntries(
      listOf(value, place).map((one) => {
        const { [key]: called, [item]: said } = one as { readonly [member: string]: Json };
        return [String(jsonOf(called, place.scope)), jsonOf(said, place.scope)];
      }),
    ),
  });
}

/** A property that is resources of their own. */
export const beside: Rule = () => ({});

/** A property whose only possible value the provider takes for granted. */
export function always(expected: Json): Rule {
  return (value, place, property) => {
    if (JSON.stringify(value) !== JSON.stringify(expected))
      throw new RangeError(`no equal of this ${property} of ${place.resource.Type} in Terraform is known`);
    return {};
  };
}

export function listOf(value: Json | undefined, place: Place): readonly Json[] {
  if (value === undefined) return [];
  if (!isList(value)) throw new RangeError(`${place.logicalId} has a value where Terraform wants a list`);
  return value;
}
