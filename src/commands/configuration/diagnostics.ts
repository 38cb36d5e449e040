import { diagnosticKind } from '../../diagnostics/diagnostic.ts';

const nothingRead = 'It is not certain what the gateway consists of, so nothing is written.';

export const noGateways = diagnosticKind({
  code: 'CFG001',
  severity: 'error',
  title: 'A configuration has no gateways',
  message: () => 'The configuration has no "gateways".',
  consequence: 'There is nothing to build.',
  fix: 'Write gateways: {<name>: {documents: [openapi.yaml]}}.',
});

export const noDocuments = diagnosticKind<{ pattern: string }>({
  code: 'CFG002',
  severity: 'error',
  title: 'A configuration names a document that is not there',
  message: ({ pattern }) => `"${pattern}" matches no file.`,
  consequence: 'Operations that somebody expects would be missing from the gateway, so nothing is written.',
  fix: 'Correct the path, which is relative to the configuration, or remove it.',
});

export const documentOutside = diagnosticKind<{ pattern: string }>({
  code: 'CFG003',
  severity: 'error',
  title: 'A configuration names a document outside its root folder',
  message: ({ pattern }) => `"${pattern}" leads out of the root folder.`,
  consequence: nothingRead,
  fix: 'Keep documents in the git work tree of the configuration, or name another folder with --root.',
});

export const tooManyEntries = diagnosticKind<{ pattern: string; limit: number }>({
  code: 'CFG004',
  severity: 'error',
  title: 'A pattern is too wide',
  message: ({ pattern, limit }) => `"${pattern}" would look at more than ${limit} files and folders.`,
  consequence: nothingRead,
  fix: 'Name the folders that hold documents instead of "**".',
});

export const unknownGateway = diagnosticKind<{ name: string; suggestion: string; known: string }>({
  code: 'CFG005',
  severity: 'error',
  title: 'A gateway is not in the configuration',
  message: ({ name, suggestion }) => `The configuration has no gateway "${name}".${suggestion}`,
  consequence: 'Nothing is built.',
  fix: ({ known }) => `Choose one of ${known}.`,
});

export const configuredEnvironmentUnknown = diagnosticKind<{
  name: string;
  gateway: string;
  suggestion: string;
}>({
  code: 'CFG006',
  severity: 'error',
  title: 'A configuration names an environment that no block declares',
  message: ({ name, gateway, suggestion }) =>
    `The gateway "${gateway}" has no environment "${name}".${suggestion}`,
  consequence: 'Its overlays would never be applied, so nothing is written.',
  fix: 'Declare it under environments of a root block, or remove it from the configuration.',
});
