import type { Json, Template } from '../template/cloudformation.ts';
import { nameOf } from './names.ts';
import type { Scope } from './scope.ts';
import { expressionOf, intrinsicOf, isList } from './value.ts';

/** Conditions of a template as local values. */
export function conditionLocals(template: Template, scope: Scope): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(template.Conditions ?? {}).map(([id, value]) => [
      nameOf(id),
      `\${${conditionOf(value, template, scope)}}`,
    ]),
  );
}

function conditionOf(value: Json | undefined, template: Template, scope: Scope): string {
  const [name, argument] = intrinsicOf(value) ?? [];
  const list = isList(argument) ? argument : [];
  const side = (one: Json | undefined): string => compared(one, template, scope);
  if (name === 'Fn::Equals') return `${side(list[0])} == ${side(list[1])}`;
  if (name === 'Fn::Not') return `!(${conditionOf(list[0], template, scope)})`;
  throw new RangeError(`no equal of the condition ${String(name)} in Terraform is known`);
}

/** CloudFormation compares text, Terraform types too. */
function compared(value: Json | undefined, template: Template, scope: Scope): string {
  const [name, argument] = intrinsicOf(value) ?? [];
  const number = name === 'Ref' && template.Parameters?.[String(argument)]?.Type === 'Number';
  const written = expressionOf(value, scope);
  return number ? `tostring(${written})` : written;
}
