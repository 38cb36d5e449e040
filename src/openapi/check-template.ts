import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { type Braces, readBraces } from './template.ts';
import {
  TEMPLATE_BRACES,
  TEMPLATE_CHARACTERS,
  TEMPLATE_NAME,
  TEMPLATE_REPEATS,
  TEMPLATE_SEGMENTS,
  TEMPLATE_SLASH,
} from './template-diagnostics.ts';

/** Checks a key of `paths` as a template; its text is left for the reader of routes. */
export function checkTemplate(template: string, at: Origin, report: Report): void {
  const side = { side: 'key' } as const;
  if (!template.startsWith('/')) report(diagnostic(TEMPLATE_SLASH, at, { template }, side));
  const braces = readBraces(template);
  if (braces.problem !== undefined) {
    report(diagnostic(TEMPLATE_BRACES, at, { template, problem: braces.problem }, side));
    return;
  }
  checkNames(template, braces, (found) => report(found), at);
  const encoded = encodeLiterals(braces);
  if (encoded !== template) report(diagnostic(TEMPLATE_CHARACTERS, at, { template, encoded }, side));
  const segment = refusedSegment(braces);
  if (segment !== undefined) report(diagnostic(TEMPLATE_SEGMENTS, at, { template, segment }, side));
}

function checkNames(template: string, { parameters }: Braces, report: Report, at: Origin): void {
  const side = { side: 'key' } as const;
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of parameters) {
    if (name === '' || name.includes('/')) report(diagnostic(TEMPLATE_NAME, at, { template, name }, side));
    else if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  for (const name of repeated) report(diagnostic(TEMPLATE_REPEATS, at, { template, name }, side));
}

/** Bytes that no request target can hold, in the text outside braces (RFC 3986 §2.1). */
function encodeLiterals({ pieces }: Braces): string {
  return pieces
    .map((piece) =>
      piece.parameter
        ? `{${piece.text}}`
        : piece.text.replace(/[^\x21-\x7e]+/gu, (found) =>
            encodeURIComponent(found.replace(/\p{Surrogate}/gu, '\ufffd')),
          ),
    )
    .join('');
}

/** The first empty or dot segment of the path proper; a last empty segment is a trailing slash. */
function refusedSegment({ pieces }: Braces): string | undefined {
  const path = pieces
    .map((piece) => (piece.parameter ? '{}' : piece.text))
    .join('')
    .replace(/[#?].*$/s, '');
  const segments = path.split('/').slice(1);
  return segments.find(
    (segment, i) => segment === '.' || segment === '..' || (segment === '' && i < segments.length - 1),
  );
}
