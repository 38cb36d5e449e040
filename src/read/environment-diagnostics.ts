import { diagnosticKind } from '../diagnostics/diagnostic.ts';

export const operationUnknown = diagnosticKind<{ id: string; environment: string; suggestion: string }>({
  code: 'ENV001',
  severity: 'error',
  title: 'An environment patches an unknown operation',
  message: ({ id, environment, suggestion }) =>
    `The environment "${environment}" patches the operation "${id}", which no document declares.${suggestion}`,
  consequence: 'The patch would have no effect; nothing is written.',
  fix: 'Name an operationId of the documents.',
});

export const environmentWeakens = diagnosticKind<{ environment: string; guard: string; how: string }>({
  code: 'ENV002',
  severity: 'error',
  title: 'An environment weakens a guard',
  message: ({ environment, guard, how }) => `The environment "${environment}" weakens ${guard}: it ${how}.`,
  consequence: 'The gateway would be more open there than reviewers of the base expect; nothing is written.',
  fix: ({ environment }) =>
    `Remove it from the environment, or build with --allow-relax-in ${environment} where that is meant.`,
});
