import type { Explanation } from '../decide/index.ts';
import { type Locate, positionOf } from '../diagnostics/order.ts';
import { plainText } from '../diagnostics/plain-text.ts';
import type { Origin } from '../model/origin.ts';

type Where = (at: Origin) => string;

/** An explanation for a person: what answers, whose guards apply from which line, which back end gets what. */
export function printExplanation(explanation: Explanation, locate: Locate): string {
  const where: Where = (at) => {
    const { file, line, column } = positionOf({ ...at, side: 'key' }, locate);
    return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  };
  const hosts = explanation.hosts.length === 0 ? '' : ` on ${explanation.hosts.join(', ')}`;
  const lines = [
    `${explanation.method} ${explanation.target}${hosts}`,
    ...outcomeLines(explanation.outcome, where),
  ];
  return `${lines.map(plainText).join('\n')}\n`;
}

function outcomeLines(outcome: Explanation['outcome'], where: Where): readonly string[] {
  switch (outcome.kind) {
    case 'bad-target':
      return [`  400: the path is not canonical: ${outcome.reason}. The back end is not contacted.`];
    case 'unknown-host':
      return [`  421: no server of the document has this host. Hosts: ${outcome.hosts.join(', ')}`];
    case 'not-found':
      return [
        '  404: no route matches.',
        ...outcome.nearest.map((near) => `  near  ${near.methods.join(' ')} ${near.path}  ${where(near.at)}`),
      ];
    case 'method-not-allowed':
      return [
        `  405: ${outcome.route.path} allows ${outcome.allow}.`,
        ...outcome.declared.map((one) => `  declared  ${one.method}  ${where(one.at)}`),
      ];
    case 'served':
      return servedLines(outcome, where);
  }
}

function servedLines(
  { route, operation }: Extract<Explanation['outcome'], { kind: 'served' }>,
  where: Where,
): readonly string[] {
  const { backend } = operation;
  const rows: (readonly [string, string, Origin | undefined])[] = [
    ['route', route.path, route.at],
    ...route.parameters.map(([name, value]) => ['parameter', `${name} = ${value}`, undefined] as const),
    ...route.beaten.map((one) => ['not', `${one.template}: ${one.because}`, one.at] as const),
    ['operation', operation.id, operation.at],
    ...operation.facts.map((fact) => [fact.field, fact.text, fact.at] as const),
    ['back end', `${backend.name}: ${backend.nodes.join(', ')}`, backend.at],
    ...(backend.target === undefined
      ? []
      : [['receives', `${operation.method} ${backend.target}`, undefined] as const]),
    ...operation.needs.map((need) => ['needs', need, undefined] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const text = Math.min(60, Math.max(...rows.map(([, value]) => value.length)));
  return rows.map(
    ([name, value, at]) =>
      `  ${name.padEnd(width)}  ${at === undefined ? value : `${value.padEnd(text)}  ${where(at)}`}`,
  );
}
