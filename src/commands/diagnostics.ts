import { diagnosticKind } from '../diagnostics/diagnostic.ts';

export const toolMissing = diagnosticKind<{ tool: string; install: string }>({
  code: 'VFY001',
  severity: 'error',
  title: 'A program that --verify needs is missing',
  message: ({ tool }) => `--verify needs ${tool}, which cannot be started.`,
  consequence: 'The result was not tested by the target itself, so nothing is written.',
  fix: ({ install }) => install,
});

export const targetRefuses = diagnosticKind<{ tool: string; line: string }>({
  code: 'VFY002',
  severity: 'error',
  title: 'The target itself refuses the emitted configuration',
  message: ({ tool, line }) => `${tool} refuses the emitted configuration: ${line}`,
  consequence: 'It would not start, so nothing is written.',
  fix: 'This is a bug in gwc, or the installed version differs from the one that the document names. Report it with the document.',
});

export const secondOpinion = diagnosticKind<{ message: string }>({
  code: 'VFY003',
  severity: 'info',
  title: 'swagger-parser disagrees about the document',
  message: ({ message }) => `swagger-parser does not accept this document: ${message}`,
  consequence: 'gwc does not need what it complains about; other tools of your pipeline may.',
  fix: 'Mend the document where you agree with it.',
});

export const nothingToAsk = diagnosticKind<{ title: string }>({
  code: 'VFY004',
  severity: 'info',
  title: 'No program of the target can test the result here',
  message: ({ title }) => `${title} is a service: --verify has no program of it that could test the result.`,
  consequence: 'The result was read back by gwc itself, as always, and by nobody else.',
  fix: 'Look at the change set or the plan before it is deployed; the emitted README says how.',
});
