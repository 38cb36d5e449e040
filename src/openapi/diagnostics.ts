import { diagnosticKind } from '../diagnostics/diagnostic.ts';

/** Consequence of what is wrong where no gateway looks. */
export const NOT_READ = 'The gateway does not read this part: it is built without regard to it.';
const NOTHING_BUILT = 'Nothing is built from this document.';
/** Consequence of what is wrong where a gateway reads. */
export const NO_GATEWAY = 'No gateway is built until this is settled.';

export const NOT_OPENAPI = diagnosticKind<{ readonly looks: string | undefined }>({
  code: 'OAS001',
  severity: 'error',
  title: 'A document is not an OpenAPI document',
  message: ({ looks }) =>
    looks === undefined
      ? 'The document has neither "openapi" nor "swagger" at its root.'
      : `The document is ${looks}, not an OpenAPI document.`,
  consequence: NOTHING_BUILT,
  fix: 'Name an OpenAPI document: its root begins with "openapi: 3.1.0" (or 3.0, 3.2) or "swagger: \'2.0\'".',
});

export const UNSUPPORTED_VERSION = diagnosticKind<{ readonly field: string; readonly value: string }>({
  code: 'OAS002',
  severity: 'error',
  title: 'A version of OpenAPI that is not supported',
  message: ({ field, value }) => `"${field}" is ${value}, which is not a supported version.`,
  consequence: NOTHING_BUILT,
  fix: ({ field }) =>
    field === 'swagger'
      ? 'Write "swagger: \'2.0\'" with quotes, or "openapi" with a version 3.0, 3.1 or 3.2.'
      : 'Write a version 3.0.x, 3.1.x or 3.2.x as a string, for instance "openapi: 3.1.0".',
});

export const TWO_VERSIONS = diagnosticKind({
  code: 'OAS003',
  severity: 'error',
  title: 'Both "swagger" and "openapi"',
  message: () => 'The document has both "swagger" and "openapi" at its root.',
  consequence: NOTHING_BUILT,
  fix: 'Keep the one that the document follows.',
});

export const NO_PATHS = diagnosticKind({
  code: 'OAS004',
  severity: 'warning',
  title: 'A document without paths',
  message: () => 'The document declares no paths.',
  consequence: 'A gateway built from it alone answers 404 to every request.',
  fix: 'Declare the operations under "paths"; webhooks are not served by a gateway.',
});

/** Facts of the structure kinds; `fix` depends on the mistake. */
export interface Mistake {
  readonly message: string;
  readonly fix: string;
  /** Whether a gateway reads the part that is wrong. */
  readonly read: boolean;
}

function structureKind(code: string, title: string) {
  return diagnosticKind<Mistake>({
    code,
    severity: 'error',
    title,
    message: ({ message }) => message,
    consequence: ({ read }) => (read ? NO_GATEWAY : NOT_READ),
    fix: ({ fix }) => fix,
  });
}

export const UNKNOWN_FIELD = structureKind('OAS010', 'A field that OpenAPI does not know');
export const MISSING_FIELD = structureKind('OAS011', 'A field that OpenAPI requires is missing');
export const WRONG_TYPE = structureKind('OAS012', 'A value of the wrong type');
export const WRONG_VALUE = structureKind('OAS013', 'A value that OpenAPI does not allow');
export const BROKEN_RULE = structureKind('OAS014', 'Fields or items that do not go together');

export const TOO_MANY_MISTAKES = diagnosticKind<{ readonly count: number }>({
  code: 'OAS015',
  severity: 'error',
  title: 'Too many mistakes in the structure',
  message: ({ count }) => `The check stopped after ${count} mistakes.`,
  consequence: NO_GATEWAY,
  fix: 'Correct the ones that are listed and run again.',
});

export const REPEATED_OPERATION_ID = diagnosticKind<{ readonly id: string; readonly other: string }>({
  code: 'OAS040',
  severity: 'error',
  title: 'Two operations with one operationId',
  message: ({ id, other }) => `The operationId "${id}" is already used by ${other}.`,
  consequence: 'Logs, environments and metrics could not tell the two apart: no gateway is built.',
  fix: 'Give each operation its own operationId.',
});

export const UNKNOWN_SCHEME = diagnosticKind<{
  readonly name: string;
  readonly suggestion: string;
  readonly where: string;
}>({
  code: 'OAS050',
  severity: 'error',
  title: 'A security requirement names a scheme that is not declared',
  message: ({ name, suggestion }) => `The security scheme "${name}" is not declared.${suggestion}`,
  consequence: 'The gateway cannot know which credential is required: nothing is built.',
  fix: ({ name, where }) =>
    // OpenAPI 3.2 allows the URI of a scheme; authenticators are bound to names.
    /[#/]/.test(name)
      ? `Declare a scheme of its own name as {"$ref": "${name}"} under ${where}, and write that name here.`
      : `Declare "${name}" under ${where}, or name a scheme that is declared.`,
});

export const UNDECLARED_SCOPE = diagnosticKind<{
  readonly scope: string;
  readonly scheme: string;
  readonly suggestion: string;
}>({
  code: 'OAS051',
  severity: 'error',
  title: 'A security requirement names a scope that its scheme does not declare',
  message: ({ scope, scheme, suggestion }) =>
    `The scope "${scope}" is not declared by any flow of the security scheme "${scheme}".${suggestion}`,
  consequence: 'No token may ever carry it, or another scope was meant: no gateway is built.',
  fix: ({ scope, scheme }) =>
    `Declare "${scope}" in the scopes of a flow of "${scheme}", or name a declared scope.`,
});

export const MISPLACED_EXTENSION = diagnosticKind<{ readonly where: string }>({
  code: 'OAS060',
  severity: 'error',
  title: '"x-gateway" where it has no meaning',
  message: ({ where }) => `"x-gateway" has no meaning in ${where}.`,
  consequence: 'What it asks for would be lost: no gateway is built.',
  fix: 'Write it at the root of the document, in a path item under "paths" or in an operation there.',
});

export const MISSPELT_EXTENSION = diagnosticKind<{ readonly name: string }>({
  code: 'OAS061',
  severity: 'error',
  title: 'A field that looks like a misspelt "x-gateway"',
  message: ({ name }) => `"${name}" looks like a misspelt "x-gateway".`,
  consequence: 'What it asks for would be lost: no gateway is built.',
  fix: 'Write "x-gateway".',
});

export const EXTENSION_REFERENCE = diagnosticKind<{ readonly problem: string }>({
  code: 'OAS062',
  severity: 'error',
  title: 'A reference in "x-gateway" that is not followed',
  message: ({ problem }) => problem,
  consequence: 'What it asks for would be lost: no gateway is built.',
  fix: 'Only the root block may be a reference, {$ref: ./gateway.yaml} and nothing beside it; elsewhere write it inline.',
});

export const OPERATION_REFERENCE = diagnosticKind<{ readonly count: number }>({
  code: 'OAS070',
  severity: 'warning',
  title: 'Operations given by reference',
  message: ({ count }) =>
    count === 1
      ? 'One operation is a "$ref", which OpenAPI does not define in this place.'
      : `${count} operations are a "$ref", which OpenAPI does not define in this place; this is the first.`,
  consequence: 'The references are followed; other tools may ignore the operations.',
  fix: 'Reference the whole path item, or bundle the document.',
});

export const IGNORED_SIBLINGS = diagnosticKind<{ readonly fields: readonly string[]; readonly what: string }>(
  {
    code: 'OAS071',
    severity: 'error',
    title: 'Fields beside a reference are ignored',
    message: ({ fields, what }) =>
      `${what} has ${fields.map((field) => `"${field}"`).join(', ')} beside "$ref", where OpenAPI ignores it.`,
    consequence: 'What these fields say is not part of the gateway.',
    fix: 'Move them into the referenced object, or write the object inline.',
  },
);

export const PATHS_REFERENCE = diagnosticKind({
  code: 'OAS074',
  severity: 'error',
  title: 'All paths given by one reference',
  message: () => '"paths" holds a "$ref", which OpenAPI does not define in this place.',
  consequence: 'The reference is not followed, so its paths would be lost: no gateway is built.',
  fix: 'Reference each path item under its own key, or bundle the document.',
});

export const WRONG_TARGET = diagnosticKind<{ readonly what: string; readonly reference: string }>({
  code: 'OAS073',
  severity: 'error',
  title: 'A reference to something else than is needed',
  message: ({ what, reference }) =>
    `The reference "${reference}" does not lead to ${what.replace('the ', 'a ')}.`,
  consequence: NO_GATEWAY,
  fix: 'Correct the reference, or what stands at its target.',
});

export const FIXED_METHOD = diagnosticKind<{ readonly method: string; readonly field: string }>({
  code: 'OAS072',
  severity: 'error',
  title: 'A method in "additionalOperations" that has a field of its own',
  message: ({ method, field }) => `The method "${method}" belongs in the field "${field}" of the path item.`,
  consequence: NO_GATEWAY,
  fix: ({ field }) => `Move the operation to "${field}".`,
});

export const SERVER_VARIABLE = diagnosticKind<{ readonly url: string; readonly problem: string }>({
  code: 'OAS080',
  severity: 'error',
  title: 'A server URL and its variables do not fit together',
  message: ({ url, problem }) => `The server "${url}" ${problem}.`,
  consequence: 'The address of the gateway is unknown: nothing is built.',
  fix: 'Declare each {variable} of the URL under "variables" with a default from its "enum".',
});
