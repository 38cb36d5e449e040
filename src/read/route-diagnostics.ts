import { diagnosticKind } from '../diagnostics/diagnostic.ts';

export const templateUnroutable = diagnosticKind<{ template: string; problem: string }>({
  code: 'RTE001',
  severity: 'error',
  title: 'A path template cannot be routed',
  message: ({ template, problem }) => `The path "${template}" cannot be routed: ${problem}.`,
  consequence: 'No request that the gateway lets through could match it, so nothing is written.',
  fix: 'Write literal text in its canonical form and each parameter as {name}; the path profile of the gateway is the same for all routes.',
});

export const methodUnservable = diagnosticKind<{ method: string; problem: string }>({
  code: 'RTE003',
  severity: 'error',
  title: 'A method cannot be served',
  message: ({ method, problem }) => `The method "${method}" cannot be served: ${problem}.`,
  consequence: 'Dropping the operation in silence would contradict the document, so nothing is written.',
  fix: 'Remove the operation, or leave it out of the gateway with x-gateway: {expose: none}.',
});

export const collision = diagnosticKind<{ method: string; one: string; other: string; difference: string }>({
  code: 'RTE004',
  severity: 'error',
  title: 'Two operations answer the same requests differently',
  message: ({ method, one, other, difference }) =>
    `${method} "${one}" and ${method} "${other}" match the same requests but differ in ${difference}.`,
  consequence: 'It would be undefined which guards apply to a request, so nothing is written.',
  fix: 'Make their security and x-gateway settings equal, or make the paths distinguishable.',
});

export const servedAsOne = diagnosticKind<{ method: string; one: string; other: string }>({
  code: 'RTE005',
  severity: 'info',
  title: 'Two operations are served as one',
  message: ({ method, one, other }) =>
    `${method} "${one}" and ${method} "${other}" match the same requests and are served as one operation.`,
  consequence: 'Both have the same guards and back end; logs name the first.',
  fix: 'Nothing, unless they were meant to be told apart.',
});

export const baseCollision = diagnosticKind<{ one: string; other: string }>({
  code: 'RTE006',
  severity: 'error',
  title: 'Two templates are one path below different base paths',
  message: ({ one, other }) => `"${one}" and "${other}" are the same path below different base paths.`,
  consequence: 'It would be undefined which part of the path is forwarded, so nothing is written.',
  fix: 'Give both the same server, or another path.',
});

export const operationIdTwice = diagnosticKind<{ id: string }>({
  code: 'RTE007',
  severity: 'error',
  title: 'Two documents use one operationId',
  message: ({ id }) => `The operationId "${id}" is used in two documents of this gateway.`,
  consequence: 'Logs and environments could not tell the operations apart, so nothing is written.',
  fix: 'Rename one of them.',
});

export const nothingServed = diagnosticKind({
  code: 'RTE008',
  severity: 'error',
  title: 'No operation is served',
  message: () => 'The documents declare no operation that the gateway could serve.',
  consequence: 'The gateway would answer 404 to every request, so nothing is written.',
  fix: 'Declare at least one operation under "paths" that is not expose: none.',
});

export const greedyUnknown = diagnosticKind<{ name: string; template: string }>({
  code: 'RTE009',
  severity: 'error',
  title: 'A greedy parameter is not the last segment',
  message: ({ name, template }) => `"${name}" is not the last segment of the path "${template}".`,
  consequence: 'Only the last segment can match the rest of a path, so nothing is written.',
  fix: 'Name the parameter that is the whole last segment, or leave "greedy" out.',
});
