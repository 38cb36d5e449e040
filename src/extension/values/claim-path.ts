import type { ClaimPath } from '../../model/policy.ts';
import type { Shape } from '../shape.ts';
import { type Parsed, type TextFormat, text } from '../text.ts';

const IDENTIFIER = '[A-Za-z0-9_-]{1,128}';
const QUOTED =
  '[^"\'\\\\\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]{1,256}';
/** Between the quotes: anything printable but quotes and backslash. */
const BRACKET = `\\[(?:"${QUOTED}"|'${QUOTED}')\\]`;
const STEPS = `(?:\\.${IDENTIFIER}|${BRACKET})*`;
const MOST_STEPS = 8;

/** A claim as written after `claims.` or `claims`: `roles`, `realm_access.roles`, `["https://example.com/roles"]`. */
export const claimPath: Shape<ClaimPath> = text({
  label: 'claim',
  pattern: `(?:${IDENTIFIER}|${BRACKET})${STEPS}`,
  allows: 'names joined by dots, or ["…"] for a name with other characters',
  example: 'realm_access.roles',
  parse: (value) => {
    if (/^claims(?:\.|\[)/.test(value)) {
      return {
        problem: 'begins with "claims"',
        fix: `Write ${JSON.stringify(value.replace(/^claims\.?/, ''))}: the path begins behind "claims". For a claim of that very name write ["claims"].`,
      };
    }
    return steps(value);
  },
});

/** A claim with its root: `claims.sub`, `claims["https://example.com/roles"]`. */
export const claimReferenceFormat: Pick<TextFormat<ClaimPath>, 'pattern' | 'parse'> = {
  pattern: `claims(?:\\.${IDENTIFIER}|${BRACKET})${STEPS}`,
  parse: (value) => steps(value.slice('claims'.length)),
};

function steps(value: string): Parsed<ClaimPath> {
  const path = [...value.matchAll(/\[["']([^"']*)["']\]|([A-Za-z0-9_-]+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  if (path.length > MOST_STEPS) return { problem: `has more than ${MOST_STEPS} steps` };
  return path.includes('__proto__')
    ? { problem: 'names "__proto__", which no token can hold' }
    : { value: path };
}
