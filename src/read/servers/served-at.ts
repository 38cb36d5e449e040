import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { readPlace } from '../../extension/index.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { ApiDocument, Server } from '../../openapi/document.ts';
import { contentsDiffer, serverValueRefused, serverVariableUnknown } from '../diagnostics.ts';
import type { ServerValues } from './concrete-url.ts';

/** What makes servers concrete that documents leave open. */
export interface ServedAt {
  readonly server: { readonly option: string; readonly url: string; readonly at?: Origin } | undefined;
  readonly values: ServerValues;
}

/**
 * Where an environment is served, by the blocks of all documents together: two that disagree are reported, and so is a
 * variable that no server has or a value that its `enum` does not list. `option`, the URL of `--server`, wins.
 */
export function servedAt(
  apis: readonly ApiDocument[],
  environment: string | undefined,
  option: string | undefined,
  report: Report,
): ServedAt {
  let server: Sourced<string> | undefined;
  const values = new Map<string, Sourced<string>>();
  for (const { gateway } of environment === undefined ? [] : apis) {
    const place = gateway === undefined ? undefined : readPlace(gateway, environment ?? '', () => undefined);
    server = agreed('server', server, place?.server, report);
    for (const [name, value] of place?.serverVariables?.value ?? []) {
      const held = agreed(`the server variable "${name}"`, values.get(name), value, report);
      if (held !== undefined) values.set(name, held);
    }
  }
  checkValues(values, apis, report);
  if (option !== undefined) return { server: { option: '--server', url: option }, values };
  return {
    server:
      server === undefined
        ? undefined
        : { option: `environments.${environment}.server`, url: server.value, at: server.at },
    values,
  };
}

function agreed(
  what: string,
  first: Sourced<string> | undefined,
  other: Sourced<string> | undefined,
  report: Report,
): Sourced<string> | undefined {
  if (first !== undefined && other !== undefined && first.value !== other.value) {
    const options = { related: [related('The first declaration.', first.at)] };
    report(diagnostic(contentsDiffer, other.at, { what }, options));
  }
  return first ?? other;
}

function checkValues(values: ServerValues, apis: readonly ApiDocument[], report: Report): void {
  if (values.size === 0) return;
  const servers = apis.flatMap(everyServer);
  const known = new Set(servers.flatMap(({ variables }) => [...variables.keys()]));
  for (const [name, { value, at }] of values) {
    if (!known.has(name)) {
      const facts = { name, suggestion: didYouMean(name, known) };
      report(diagnostic(serverVariableUnknown, at, facts, { side: 'key' }));
    }
    const refusing = servers.find(({ choices }) => choices.get(name)?.includes(value) === false);
    const allowed = refusing?.choices.get(name);
    if (refusing === undefined || allowed === undefined) continue;
    const facts = { name, value, allowed: allowed.map((one) => `"${one}"`).join(', ') };
    const options = { related: [related('The server with the variable.', refusing.at)] };
    report(diagnostic(serverValueRefused, at, facts, options));
  }
}

function everyServer({ servers, paths }: ApiDocument): readonly Server[] {
  return [
    ...servers,
    ...paths.flatMap((path) => [
      ...(path.servers ?? []),
      ...path.operations.flatMap((operation) => operation.servers ?? []),
    ]),
  ];
}
