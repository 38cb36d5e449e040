import { diagnosticKind } from '../diagnostics/diagnostic.ts';

const NOTHING_WRITTEN = 'It is not certain who may call the operation, so nothing is written.';

export const unknownPolicy = diagnosticKind<{ name: string; fix: string }>({
  code: 'POL001',
  severity: 'error',
  title: 'A policy does not exist',
  message: ({ name }) => `There is no policy "${name}".`,
  consequence: NOTHING_WRITTEN,
  fix: ({ fix }) => fix,
});

export const unreadableComparison = diagnosticKind<{ text: string; character: number; problem: string }>({
  code: 'POL002',
  severity: 'error',
  title: 'A comparison cannot be read',
  message: ({ text, character, problem }) =>
    `"${text}" cannot be read at character ${character}: ${problem}.`,
  consequence: NOTHING_WRITTEN,
  fix: "Write A == B, A != B or A in B, where each side is claims.<path>, path.<name>, query.<name>, header.<name>, consumer.id, method or 'text'.",
});

export const policyCycle = diagnosticKind<{ names: readonly string[] }>({
  code: 'POL003',
  severity: 'error',
  title: 'Policies refer to each other in a circle',
  message: ({ names }) => `The policy "${names[0] ?? ''}" refers to itself: ${names.join(' → ')}.`,
  consequence: 'Such a policy has no meaning, so nothing is written.',
  fix: 'Take one of the references out.',
});

export const undeclaredParameter = diagnosticKind<{
  name: string;
  rule: string;
  declared: readonly string[];
  hint: string;
}>({
  code: 'POL004',
  severity: 'error',
  title: 'A policy reads a path parameter that the path does not have',
  message: ({ name, rule }) => `"${rule}" reads the path parameter "${name}", which the path does not have.`,
  consequence: 'The comparison would never hold, so the operation would be closed to everybody.',
  fix: ({ declared, hint }) =>
    declared.length === 0
      ? 'Compare with something else: the path has no parameters.'
      : `Name one of ${declared.join(', ')}.${hint}`,
});

export const relaxedParameter = diagnosticKind<{ name: string; rule: string }>({
  code: 'POL005',
  severity: 'error',
  title: 'A policy reads a path parameter that may carry unusual characters',
  message: ({ name, rule }) =>
    `"${rule}" reads the path parameter "${name}", which may carry characters that allowInPath lets through.`,
  consequence: 'The back end could read another value than the one that was compared, so nothing is written.',
  fix: 'Remove allowInPath from the operation, or compare with something else.',
});

export const alwaysDenied = diagnosticKind<{ rule: string; method: string | undefined }>({
  code: 'POL006',
  severity: 'error',
  title: 'A policy lets nobody pass',
  message: ({ rule, method }) =>
    `"${rule}" is true for no request${method === undefined ? '' : ` with the method ${method}`}.`,
  consequence: 'The operation would answer 403 to everybody.',
  fix: 'Correct the condition; an operation that nobody may call is declared with expose: none.',
});

export const alwaysAllowed = diagnosticKind<{ rule: string; method: string | undefined }>({
  code: 'POL007',
  severity: 'error',
  title: 'A policy lets everybody pass',
  message: ({ rule, method }) =>
    `"${rule}" is true for every authenticated request${method === undefined ? '' : ` with the method ${method}`}.`,
  consequence: 'What reads like protection would protect nothing.',
  fix: 'Correct the condition, or remove it.',
});

export const policyTooLarge = diagnosticKind<{ subject: string; limit: number }>({
  code: 'POL008',
  severity: 'error',
  title: 'A policy is too large',
  message: ({ subject, limit }) =>
    `${subject} has more than ${limit} parts when the policies that it refers to are written out.`,
  consequence: 'Nobody can review such a rule and every request would pay for it, so nothing is written.',
  fix: 'Put the decision into claims or roles of the token.',
});

export const unknownGroup = diagnosticKind<{ group: string; hint: string }>({
  code: 'POL009',
  severity: 'error',
  title: 'A policy asks for a group that no consumer has',
  message: ({ group }) => `No consumer has the group "${group}".`,
  consequence: NOTHING_WRITTEN,
  fix: ({ hint }) => `Give the group to a consumer, or name another one.${hint}`,
});

export const unknownConsumer = diagnosticKind<{ consumer: string; hint: string }>({
  code: 'POL010',
  severity: 'error',
  title: 'A policy names a consumer that does not exist',
  message: ({ consumer }) => `There is no consumer "${consumer}".`,
  consequence: NOTHING_WRITTEN,
  fix: ({ hint }) => `Declare it under consumers, or name another one.${hint}`,
});

export const unknownService = diagnosticKind<{ backend: string; hint: string }>({
  code: 'POL011',
  severity: 'error',
  title: 'A policy asks a service that does not exist',
  message: ({ backend }) => `A policy asks the back end "${backend}", which does not exist.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ hint }) => `Declare it under backends, or name another one.${hint}`,
});

const unyielded = {
  claims: {
    asks: 'claims of a token, and no credential of the operation is a token',
    fix: 'Require a scheme with tokens, or ask for something that the credentials tell.',
  },
  consumer: {
    asks: 'a consumer, and no credential of the operation is the key of one',
    fix: 'Require a scheme with API keys (keys: consumers), or ask for something that the credentials tell.',
  },
} as const;

export const neverKnown = diagnosticKind<{ rule: string; fact: keyof typeof unyielded }>({
  code: 'POL012',
  severity: 'error',
  title: 'A policy asks for something that no credential of the operation tells',
  message: ({ rule, fact }) => `"${rule}" asks for ${unyielded[fact].asks}.`,
  consequence: 'The rule is true for no request: nobody would pass by it.',
  fix: ({ fact }) => unyielded[fact].fix,
});
