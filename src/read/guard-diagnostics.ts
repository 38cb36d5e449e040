import { diagnosticKind } from '../diagnostics/diagnostic.ts';

export const guardWeakened = diagnosticKind<{ guard: string; stated: string; inherited: string }>({
  code: 'GRD001',
  severity: 'error',
  title: 'A level weakens an inherited guard',
  message: ({ guard, stated, inherited }) =>
    `${guard} "${stated}" would weaken the inherited "${inherited}".`,
  consequence: 'Guards of upper levels always hold, so the value would have no effect; nothing is written.',
  fix: ({ guard }) => `Remove it, or write relax: {${guard}: <reason>} beside it.`,
});

export const relaxWithoutEffect = diagnosticKind<{ guard: string; why: string }>({
  code: 'GRD002',
  severity: 'error',
  title: 'A relaxation has nothing to relax',
  message: ({ guard, why }) => `relax.${guard} has no effect: ${why}.`,
  consequence: 'It would silently disarm a guard that is added to an upper level later; nothing is written.',
  fix: ({ guard }) => `Remove ${guard} from "relax".`,
});

export const certificateRelaxedBelowRoot = diagnosticKind<{ stated: string; root: string }>({
  code: 'GRD003',
  severity: 'error',
  title: 'A level asks for less than the listener',
  message: ({ stated, root }) =>
    `clientCertificate "${stated}" is weaker than tls.clientCertificate.mode "${root}", which holds for every connection.`,
  consequence: 'The listener would refuse requests that this level lets pass; nothing is written.',
  fix: 'Write a weaker tls.clientCertificate.mode, and demand certificates under defaults, on paths or on operations.',
});

export const certificateAuthorityMissing = diagnosticKind<{ stated: string }>({
  code: 'GRD004',
  severity: 'error',
  title: 'Client certificates have no authority',
  message: ({ stated }) =>
    `clientCertificate is "${stated}", and nothing says who signs client certificates.`,
  consequence: 'Any certificate, or none at all, would have to be accepted; nothing is written.',
  fix: 'Write tls: {clientCertificate: {ca: {secret: <name>}}} in the root x-gateway block.',
});

export const parameterUnknown = diagnosticKind<{
  name: string;
  where: string;
  template: string;
  suggestion: string;
}>({
  code: 'PTH001',
  severity: 'error',
  title: 'A path parameter does not exist',
  message: ({ name, where, template, suggestion }) =>
    `${where} names the parameter "${name}", which the path "${template}" does not have.${suggestion}`,
  consequence: 'There would be no value to use; nothing is written.',
  fix: 'Use a parameter of the path template.',
});

export const headerConflict = diagnosticKind<{ header: string; problem: string }>({
  code: 'HDR001',
  severity: 'error',
  title: 'Changes of a header conflict',
  message: ({ header, problem }) => `The header "${header}" ${problem}.`,
  consequence: 'It is not certain what the receiver would get; nothing is written.',
  fix: 'Keep one of the changes.',
});
