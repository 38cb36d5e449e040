import type { Json } from '../template/cloudformation.ts';
import { dynamicReferences } from './dynamic-reference.ts';
import { type Piece, quoted, template, text } from './hcl.ts';
import type { Scope } from './scope.ts';

type Value = Json | undefined;

/** A property of a template as a value of the JSON syntax: intrinsic functions are expressions, all else is literal. */
export function jsonOf(value: Value, scope: Scope): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' || intrinsicOf(value) !== undefined) return template(piecesOf(value, scope));
  if (isList(value))
    return value.some(mayBeAbsent)
      ? template([{ expression: expressionOf(value, scope) }])
      : value.map((one) => jsonOf(one, scope));
  return Object.fromEntries(
    membersOf(value).map(([name, one]) => [template(text(name)), jsonOf(one, scope)]),
  );
}

/** The same as an expression. */
export function expressionOf(value: Value, scope: Scope): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || intrinsicOf(value) !== undefined) {
    const written = expressionOfPieces(piecesOf(value, scope));
    return written.includes(' ? ') && !written.startsWith('"') ? `(${written})` : written;
  }
  if (isList(value)) {
    const items = `[${value.map((one) => expressionOf(one, scope)).join(', ')}]`;
    return value.some(mayBeAbsent) ? `[for one in ${items} : one if one != null]` : items;
  }
  const members = membersOf(value).map(
    ([name, one]) => `${quoted(text(name))} = ${expressionOf(one, scope)}`,
  );
  return `{ ${members.join(', ')} }`;
}

/** A text with what intrinsic functions put into it. */
function piecesOf(value: Json, scope: Scope): readonly Piece[] {
  if (typeof value === 'string') return textPieces(value, text, scope);
  const intrinsic = intrinsicOf(value);
  if (intrinsic === undefined) return text(String(value));
  const [name, argument] = intrinsic;
  const list = isList(argument) ? argument : [argument];
  switch (name) {
    case 'Ref':
      return [{ expression: scope.reference(String(argument), 'Ref') }];
    case 'Fn::GetAtt':
      return [{ expression: scope.reference(String(list[0]), String(list[1])) }];
    case 'Fn::Sub':
      return textPieces(String(argument), (part) => substituted(part, scope), scope);
    case 'Fn::If': {
      const [condition, then, otherwise] = list;
      const branches = `${expressionOf(then, scope)} : ${expressionOf(otherwise, scope)}`;
      return [{ expression: `${scope.condition(String(condition))} ? ${branches}` }];
    }
    case 'Fn::Join': {
      const [separator, parts] = list;
      if (!isList(parts)) throw new RangeError('only texts that are listed can be joined');
      return parts.flatMap((part, index) => [
        ...(index === 0 ? [] : text(String(separator))),
        ...piecesOf(part, scope),
      ]);
    }
    case 'Fn::Split':
      return [{ expression: `split(${list.map((one) => expressionOf(one, scope)).join(', ')})` }];
    case 'Fn::Select':
      return [{ expression: `${expressionOf(list[1], scope)}[${String(list[0])}]` }];
    default:
      throw new RangeError(`Terraform has no equal of ${name}`);
  }
}

function expressionOfPieces(pieces: readonly Piece[]): string {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined && 'expression' in only ? only.expression : quoted(pieces);
}

/** `read` makes pieces of what is no dynamic reference. */
function textPieces(value: string, read: (part: string) => readonly Piece[], scope: Scope): readonly Piece[] {
  return dynamicReferences(value).flatMap((part): readonly Piece[] => {
    if ('text' in part) return read(part.text);
    const secret = scope.secret(read(part.secretId));
    return [
      {
        expression:
          part.member === undefined ? secret : `jsondecode(${secret})[${quoted(text(part.member))}]`,
      },
    ];
  });
}

/** The text of `Fn::Sub`: `${Name}`, `${Name.Attribute}`, and `${!text}` for `${text}`. */
function substituted(value: string, scope: Scope): readonly Piece[] {
  return value.split(/(\$\{[^}]*\})/).flatMap((part): readonly Piece[] => {
    const inner = /^\$\{([^}]*)\}$/.exec(part)?.[1];
    if (inner === undefined) return text(part);
    if (inner.startsWith('!')) return text(`\${${inner.slice(1)}}`);
    const [id = '', attribute = 'Ref'] = inner.split('.');
    return [{ expression: scope.reference(id, attribute) }];
  });
}

/** Name and argument of an intrinsic function. */
export function intrinsicOf(value: Value): readonly [name: string, argument: Json] | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  const [only, ...more] = Object.entries(value);
  const [name, argument] = only ?? [];
  if (name === undefined || argument === undefined || more.length > 0) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? [name, argument] : undefined;
}

/** A member that a condition may take away has no equal in a document. */
function membersOf(value: { readonly [name: string]: Value }): readonly (readonly [string, Json])[] {
  return Object.entries(value).flatMap(([name, one]): (readonly [string, Json])[] => {
    if (one === undefined) return [];
    if (mayBeAbsent(one)) throw new RangeError(`the member ${name} of a value may be absent`);
    return [[name, one]];
  });
}

function mayBeAbsent(value: Value): boolean {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Ref') return argument === 'AWS::NoValue';
  return name === 'Fn::If' && isList(argument) && argument.slice(1).some(mayBeAbsent);
}

export function isList(value: Value): value is readonly Json[] {
  return Array.isArray(value);
}
