import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Origin } from '../../../model/origin.ts';
import { replacedText } from '../diagnostics.ts';

/**
 * What CloudFormation replaces wherever it stands in a template ("Get values stored in other services using dynamic
 * references"), and API Gateway in a body that it imports from S3 or when it calls a back end. There is no way to write
 * these as plain text, and a document that could would read secrets that it never names.
 */
const replaced = /\{\{\s*resolve|\$\{\s*(?:AWS::|stageVariables\.)/i;

/** The texts of a gateway that would be replaced, each at the nearest place that is known of it. */
export function replacedTexts(gateway: Gateway): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<object>();
  const report = (text: string, at: Origin | undefined): void => {
    const [start] = replaced.exec(text) ?? [];
    if (start !== undefined) found.push(diagnostic(replacedText, at, { start }, { target: 'aws' }));
  };
  const visit = (value: unknown, at: Origin | undefined): void => {
    if (typeof value === 'string') report(value, at);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const here = originOf(value) ?? at;
    for (const [name, member] of value instanceof Map ? value : Object.entries(value)) {
      if (name === 'at') continue;
      report(String(name), here);
      visit(member, here);
    }
  };
  // Settings of other targets reach no template.
  visit({ ...gateway, targets: gateway.targets.aws }, gateway.sites[0]?.routes[0]?.at);
  return found;
}

function originOf(value: object): Origin | undefined {
  return Object.hasOwn(value, 'at') ? (value as { readonly at: Origin }).at : undefined;
}
