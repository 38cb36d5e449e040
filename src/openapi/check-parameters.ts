import { diagnostic, type Report, related } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { OperationItem } from './document.ts';
import { readBraces } from './template.ts';
import { UNDECLARED_PARAMETER, UNUSED_PARAMETER } from './template-diagnostics.ts';

/** AWS writes a greedy parameter `{proxy+}` and declares `proxy` or `proxy+`. */
function plain(name: string): string {
  return name.replace(/\+$/, '');
}

/**
 * Compares the parameters of a template with those that are declared: for the whole path when no operation declares
 * one, else for each operation. A name that is declared almost as it is written is one mistake, not two.
 */
export function checkParameters(
  template: string,
  at: Origin,
  shared: readonly Sourced<string>[],
  operations: readonly OperationItem[],
  report: Report,
): void {
  const braces = readBraces(template);
  if (braces.problem !== undefined) return;
  const wanted = [...new Set(braces.parameters.filter((name) => name !== '' && !name.includes('/')))];
  const explained = new Set<Origin>();
  for (const name of wanted) {
    const missing = operations.filter((operation) => !declares(operation, name));
    if (missing.length === 0) continue;
    for (const found of undeclared(name, template, at, missing, operations, wanted)) {
      explained.add(found.meant?.at ?? at);
      report(found.diagnostic);
    }
  }
  // gRPC gateways write {name=shelves/*}: that it spans a slash has been said, the name is in use.
  const used = new Set(braces.parameters.flatMap((name) => [plain(name), name.replace(/=.*$/s, '')]));
  for (const { value, at: place } of new Set([
    ...shared,
    ...operations.flatMap((one) => one.pathParameters),
  ])) {
    if (used.has(plain(value)) || explained.has(place)) continue;
    report(diagnostic(UNUSED_PARAMETER, place, { name: value, template }));
  }
}

function declares(operation: OperationItem, name: string): boolean {
  return operation.pathParameters.some(({ value }) => plain(value) === plain(name));
}

function undeclared(
  name: string,
  template: string,
  at: Origin,
  missing: readonly OperationItem[],
  all: readonly OperationItem[],
  wanted: readonly string[],
) {
  const known = wanted.map(plain);
  const meantBy = (operation: OperationItem) => {
    const unused = operation.pathParameters.filter(({ value }) => !known.includes(plain(value)));
    const near = suggest(
      name,
      unused.map(({ value }) => value),
    );
    return unused.find(({ value }) => value === near);
  };
  // AWS declares neither the parameter of its greedy paths nor those of its preflight mocks.
  const isCustom = (operations: readonly OperationItem[]) =>
    name.endsWith('+') || operations.every(({ method }) => method === 'OPTIONS');
  const make = (
    operation: OperationItem,
    place: Origin,
    where: string,
    concerned: readonly OperationItem[],
  ) => {
    const meant = meantBy(operation);
    const suggestion = meant === undefined ? '' : ` Did you mean "${meant.value}"?`;
    const options = {
      side: 'key' as const,
      severity: isCustom(concerned) && meant === undefined ? ('warning' as const) : ('error' as const),
      related: meant === undefined ? [] : [related(`"${meant.value}" is declared here`, meant.at)],
    };
    return {
      meant,
      diagnostic: diagnostic(UNDECLARED_PARAMETER, place, { name, template, where, suggestion }, options),
    };
  };
  const [first] = missing;
  if (first !== undefined && missing.length === all.length) return [make(first, at, '', missing)];
  return missing.map((operation) => make(operation, operation.at, ` of ${operation.method}`, [operation]));
}
