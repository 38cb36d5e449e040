import { diagnosticKind } from '../diagnostics/diagnostic.ts';
import { NO_GATEWAY } from './diagnostics.ts';

export const TEMPLATE_SLASH = diagnosticKind<{ readonly template: string }>({
  code: 'OAS020',
  severity: 'error',
  title: 'A path that does not begin with a slash',
  message: ({ template }) => `The path "${template}" does not begin with "/".`,
  consequence: NO_GATEWAY,
  fix: ({ template }) => `Write "/${template}".`,
});

export const TEMPLATE_BRACES = diagnosticKind<{ readonly template: string; readonly problem: string }>({
  code: 'OAS021',
  severity: 'error',
  title: 'Braces in a path that do not pair up',
  message: ({ template, problem }) => `The path "${template}" ${problem}.`,
  consequence: NO_GATEWAY,
  fix: 'Write each parameter as {name}; a brace that is meant as a character is written %7B or %7D.',
});

export const TEMPLATE_NAME = diagnosticKind<{ readonly template: string; readonly name: string }>({
  code: 'OAS022',
  severity: 'error',
  title: 'A path parameter whose name cannot be one',
  message: ({ template, name }) =>
    name === ''
      ? `The path "${template}" has a parameter without a name.`
      : `The path "${template}" has the parameter "{${name}}", which spans a slash.`,
  consequence: NO_GATEWAY,
  fix: ({ name }) =>
    name === ''
      ? 'Write the name of the parameter between the braces.'
      : 'Write one parameter for each segment, for instance "/shelves/{shelf}/books/{book}".',
});

export const TEMPLATE_REPEATS = diagnosticKind<{ readonly template: string; readonly name: string }>({
  code: 'OAS023',
  severity: 'error',
  title: 'A path that uses a parameter twice',
  message: ({ template, name }) => `The path "${template}" uses the parameter "${name}" more than once.`,
  consequence: 'It is undefined which part of the path the parameter holds: no gateway is built.',
  fix: 'Give each parameter of the path its own name.',
});

export const TEMPLATE_CHARACTERS = diagnosticKind<{ readonly template: string; readonly encoded: string }>({
  code: 'OAS024',
  severity: 'error',
  title: 'Characters in a path that must be percent-encoded',
  message: ({ template }) =>
    `The path ${JSON.stringify(template)} has characters that no request target can hold.`,
  consequence: 'No request would ever match it: no gateway is built.',
  fix: ({ encoded }) => `Write "${encoded}".`,
});

export const TEMPLATE_SEGMENTS = diagnosticKind<{ readonly template: string; readonly segment: string }>({
  code: 'OAS025',
  severity: 'error',
  title: 'A path with an empty segment or a dot segment',
  message: ({ template, segment }) =>
    segment === ''
      ? `The path "${template}" has an empty segment ("//").`
      : `The path "${template}" has the dot segment "${segment}".`,
  consequence:
    'A gateway refuses such request targets, so the path could never be reached: no gateway is built.',
  fix: 'Write the path in its shortest form.',
});

export const UNDECLARED_PARAMETER = diagnosticKind<{
  readonly name: string;
  readonly template: string;
  readonly where: string;
  readonly suggestion: string;
}>({
  code: 'OAS030',
  severity: 'error',
  title: 'A parameter in the path that is not declared',
  message: ({ name, template, where, suggestion }) =>
    `"{${name}}" in "${template}" is not declared as a parameter${where}.${suggestion}`,
  consequence: NO_GATEWAY,
  fix: ({ name }) => `Declare it: {name: ${name}, in: path, required: true}, with a schema.`,
});

export const UNUSED_PARAMETER = diagnosticKind<{ readonly name: string; readonly template: string }>({
  code: 'OAS031',
  severity: 'error',
  title: 'A declared path parameter that is not in the path',
  message: ({ name, template }) => `The path parameter "${name}" does not occur in "${template}".`,
  consequence: 'What it declares applies to no part of the path: no gateway is built.',
  fix: ({ name }) => `Write {${name}} in the path, or remove the parameter.`,
});

export const REPEATED_PARAMETER = diagnosticKind<{ readonly name: string; readonly place: string }>({
  code: 'OAS032',
  severity: 'error',
  title: 'A parameter declared twice in one list',
  message: ({ name, place }) => `The parameter "${name}" in ${place} is declared twice in one list.`,
  consequence: 'It is undefined which declaration holds.',
  fix: 'Keep one of them.',
});
