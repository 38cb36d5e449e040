import { diagnostic, type Report, related } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { REPEATED_OPERATION_ID } from './diagnostics.ts';
import type { ApiDocument } from './document.ts';

/** OpenAPI: an operationId is unique among all operations of the document. */
export function checkOperationIds(api: ApiDocument, report: Report): void {
  const seen = new Map<string, { readonly name: string; readonly at: Origin }>();
  for (const { template, operations } of api.paths) {
    for (const { method, operationId } of operations) {
      if (operationId === undefined) continue;
      const before = seen.get(operationId.value);
      if (before === undefined) {
        seen.set(operationId.value, { name: `${method} ${template}`, at: operationId.at });
        continue;
      }
      const facts = { id: operationId.value, other: before.name };
      const options = { related: [related(`"${operationId.value}" is first used here`, before.at)] };
      report(diagnostic(REPEATED_OPERATION_ID, operationId.at, facts, options));
    }
  }
}
