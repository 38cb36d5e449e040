import { didYouMean } from '../diagnostics/suggest.ts';
import { quote } from './node-at.ts';
import type { StructureError, Validator } from './validators.ts';

export type MistakeKind = 'unknown' | 'missing' | 'type' | 'value' | 'rule';

export interface Description {
  readonly kind: MistakeKind;
  readonly message: string;
  readonly fix: string;
}

const NAMES: { readonly [definition: string]: string } = {
  document: 'the document',
  info: 'the info object',
  paths: 'the paths object',
  components: 'the components object',
  'oauth-flows': 'the flows of a security scheme',
  xml: 'an XML object',
};

/** `an operation`, `a path item`: the object that a definition describes. */
function nameOf(definition: string): string {
  const known = Object.hasOwn(NAMES, definition) ? NAMES[definition] : undefined;
  if (known !== undefined) return known;
  const words = definition.replaceAll('-', ' ').replace(/oauth2?/, 'OAuth');
  return `${/^(?:[aeio]|http)/i.test(words) ? 'an' : 'a'} ${words}`;
}

/** What the value at the pointer is called: `"in"`, `item 0 of "tags"`. */
function subjectOf(error: StructureError, subject: string): string {
  const tokens = error.instancePath.split('/').slice(1);
  const last = tokens.at(-1);
  if (last === undefined) return subject;
  const plain = (token: string) => `"${token.replaceAll('~1', '/').replaceAll('~0', '~')}"`;
  const above = tokens.at(-2);
  return /^\d+$/.test(last) && above !== undefined ? `Item ${last} of ${plain(above)}` : plain(last);
}

const TYPES: { readonly [type: string]: string } = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  'object,boolean': 'an object, true or false',
};

const FORMS: { readonly [place: string]: string } = {
  'document#/fields/host/pattern': 'a host name with an optional port, without scheme or path',
  'document#/fields/basePath/pattern': 'a path that begins with "/"',
  'document#/fields/openapi/pattern': 'a full version number such as "3.1.0"',
};

/** A mistake in words, with the value that is wrong. */
export function describeMistake(error: StructureError, value: unknown, validator: Validator): Description {
  const [definition = '', place = ''] = error.schemaPath.split('#');
  const object = nameOf(definition);
  const subject = subjectOf(error, capitalise(object));
  const { params } = error;
  switch (error.keyword) {
    case 'fields':
      return unknownField(String(params['field']), object, error, validator);
    case 'additionalProperties':
      return unknownName(String(params['additionalProperty']), object);
    case 'false schema':
      return {
        kind: 'unknown',
        message: `${subject} is not allowed in this ${object.replace(/^an? |^the /, '')}.`,
        fix: 'Remove it.',
      };
    case 'required':
      return missingField(String(params['missingProperty']), object, error);
    case 'type': {
      const expected = TYPES[String(params['type'])] ?? String(params['type']);
      return {
        kind: 'type',
        message: `${subject} is ${quote(value)} where ${expected} is expected.`,
        fix: `Write ${expected}.`,
      };
    }
    case 'enum':
    case 'const':
      return wrongValue(subject, value, params['allowedValues'] ?? [params['allowedValue']]);
    case 'pattern':
      return wrongForm(subject, value, error, `${definition}#${place}`);
    default:
      return brokenRule(subject, error);
  }
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function unknownField(
  field: string,
  object: string,
  error: StructureError,
  validator: Validator,
): Description {
  const owner = error.schemaPath.replace(/\/fields$/, '');
  const known = validator.fields[owner] ?? [];
  const suggestion = didYouMean(field, known);
  return {
    kind: 'unknown',
    message: `"${field}" is not a field of ${object}.${suggestion}`,
    fix: `Remove it, begin its name with "x-" if it is an extension, or write one of: ${known.join(', ')}.`,
  };
}

/** Where names have a form, as the codes of responses have. */
function unknownName(name: string, object: string): Description {
  const isResponse = object.includes('responses');
  return {
    kind: 'unknown',
    message: isResponse
      ? `${quote(name)} is not a status code.`
      : `${quote(name)} is not allowed in ${object}.`,
    fix: isResponse ? 'Write a status code such as "200", or "default".' : 'Remove it.',
  };
}

function missingField(field: string, object: string, error: StructureError): Description {
  const isPathParameter = field === 'required' && error.schemaPath.includes('parameter');
  return {
    kind: 'missing',
    message: `${capitalise(isPathParameter ? 'a parameter in the path' : object)} lacks the field "${field}".`,
    fix: isPathParameter ? 'Write "required: true".' : `Add "${field}".`,
  };
}

function wrongValue(subject: string, value: unknown, allowed: unknown): Description {
  const values = Array.isArray(allowed) ? allowed : [allowed];
  const words = values.map((one) => quote(one));
  const expected = words.length === 1 ? words[0] : `one of ${words.join(', ')}`;
  const suggestion = typeof value === 'string' ? didYouMean(value, values.map(String)) : '';
  return {
    kind: 'value',
    message: `${subject} is ${quote(value)} where ${expected} is expected.${suggestion}`,
    fix: `Write ${expected}.`,
  };
}

function wrongForm(subject: string, value: unknown, error: StructureError, place: string): Description {
  if (error.propertyName !== undefined) {
    return {
      kind: 'value',
      message: `The name ${quote(error.propertyName)} is not allowed in ${subject}.`,
      fix: `Use only characters that match ${String(error.params['pattern'])}.`,
    };
  }
  const form = Object.hasOwn(FORMS, place)
    ? FORMS[place]
    : `text that matches ${String(error.params['pattern'])}`;
  return {
    kind: 'value',
    message: `${subject} is ${quote(value)} where ${form} is expected.`,
    fix: `Write ${form}.`,
  };
}

function brokenRule(subject: string, error: StructureError): Description {
  const { fields, limit } = error.params;
  const names = String(fields)
    .split(',')
    .map((field) => `"${field}"`);
  const rule = (message: string, fix: string): Description => ({
    kind: 'rule',
    message: `${subject} ${message}.`,
    fix,
  });
  switch (error.keyword) {
    case 'exactlyOne':
      return rule(`must have one of ${names.join(' and ')}, and not both`, `Write ${names.join(' or ')}.`);
    case 'atMostOne':
      return rule(
        `has ${names.join(' and ')}, which exclude each other`,
        `Keep one of ${names.join(' and ')}.`,
      );
    case 'atLeastOne':
      return rule(`has none of ${names.join(', ')}`, `Add ${names[0]}.`);
    case 'distinct':
      return rule('lists a value twice', 'Keep each value once.');
    case 'minItems':
    case 'minProperties':
      return rule(`has fewer entries than ${limit}`, 'Add what is missing, or remove the field.');
    case 'maxProperties':
      return rule(`has more entries than ${limit}`, 'Keep one entry.');
    default:
      return rule(`must be ${String(error.params['comparison'])} ${limit}`, 'Write a number in that range.');
  }
}
