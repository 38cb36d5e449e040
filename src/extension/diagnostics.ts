import { diagnosticKind } from '../diagnostics/diagnostic.ts';

const NOTHING_WRITTEN = 'What the block asks for is not certain, so nothing is written.';

export const unknownField = diagnosticKind<{ name: string; owner: string; fix: string }>({
  code: 'XGW001',
  severity: 'error',
  title: 'A field does not exist',
  message: ({ name, owner }) => `${name} is not a field of ${owner}.`,
  consequence: 'A field that nothing reads would protect nothing, so nothing is written.',
  fix: ({ fix }) => fix,
});

export const notInThisVersion = diagnosticKind<{ what: string; where: string; fix: string }>({
  code: 'XGW002',
  severity: 'error',
  title: 'A part of the language is not available in this version',
  message: ({ what, where }) => `This version of gwc does not have ${what} in ${where}.`,
  consequence: 'The gateway would run without it, so nothing is written.',
  fix: ({ fix }) => fix,
});

export const wrongKind = diagnosticKind<{ subject: string; expected: string; found: string; fix: string }>({
  code: 'XGW003',
  severity: 'error',
  title: 'A value has the wrong type',
  message: ({ subject, expected, found }) => `${subject} is ${found}, where gwc expects: ${expected}.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ fix }) => fix,
});

export const wrongValue = diagnosticKind<{ subject: string; value: string; problem: string; fix: string }>({
  code: 'XGW004',
  severity: 'error',
  title: 'A value is not valid',
  message: ({ subject, value, problem }) => `${subject} has the value ${value}, which ${problem}.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ fix }) => fix,
});

export const wrongName = diagnosticKind<{ name: string; subject: string; problem: string; fix: string }>({
  code: 'XGW005',
  severity: 'error',
  title: 'A name is not valid',
  message: ({ name, subject, problem }) => `The name ${name} in ${subject} ${problem}.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ fix }) => fix,
});

export const missingField = diagnosticKind<{ subject: string; owner: string; name: string; means: string }>({
  code: 'XGW006',
  severity: 'error',
  title: 'A required field is missing',
  message: ({ subject, owner, name }) => `${subject} (${owner}) has no ${name}.`,
  consequence: 'gwc never guesses what is missing, so nothing is written.',
  fix: ({ name, means }) => `Add ${name}${means === '' ? '.' : `: ${means}`}`,
});

export const exclusiveFields = diagnosticKind<{ subject: string; names: string; fix: string }>({
  code: 'XGW007',
  severity: 'error',
  title: 'Fields exclude each other',
  message: ({ subject, names }) => `${subject} has ${names}, of which only one can hold.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ fix }) => fix,
});

export const repeated = diagnosticKind<{ subject: string; value: string }>({
  code: 'XGW008',
  severity: 'error',
  title: 'An entry is repeated',
  message: ({ subject, value }) => `${subject} repeats ${value}.`,
  consequence: 'It is not certain which entry is meant, so nothing is written.',
  fix: 'Remove one of the entries.',
});

export const noEnvironment = diagnosticKind<{ subject: string }>({
  code: 'XGW009',
  severity: 'error',
  title: 'A value depends on the environment and none is chosen',
  message: ({ subject }) => `${subject} contains "\${env.name}", and no environment is chosen.`,
  consequence: 'The value is not known, so nothing is written.',
  fix: 'Build with --env and the name of one of the environments, or write the value itself.',
});

export const unknownSubstitution = diagnosticKind<{ subject: string; text: string }>({
  code: 'XGW010',
  severity: 'error',
  title: 'A substitution does not exist',
  message: ({ subject, text }) => `${subject} contains ${text}, which gwc does not substitute.`,
  consequence: 'A target could take the text for a variable of its own configuration, so nothing is written.',
  fix: `Write the value itself. "\${env.name}", the name of the environment, is the only substitution.`,
});

export const contradiction = diagnosticKind<{ problem: string; consequence: string; fix: string }>({
  code: 'XGW011',
  severity: 'error',
  title: 'Fields contradict each other',
  message: ({ problem }) => `${problem}.`,
  consequence: ({ consequence }) => consequence,
  fix: ({ fix }) => fix,
});

export const unknownEnvironment = diagnosticKind<{ name: string; fix: string }>({
  code: 'XGW012',
  severity: 'error',
  title: 'The chosen environment does not exist',
  message: ({ name }) => `The environment ${name} is not declared.`,
  consequence: 'A gateway for an environment that nobody described could be open, so nothing is written.',
  fix: ({ fix }) => fix,
});
