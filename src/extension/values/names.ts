import type { Shape } from '../shape.ts';
import { PRINTABLE, type TextFormat, text } from '../text.ts';

/** A format whose value is the text itself. */
function plain(format: Omit<TextFormat<string>, 'parse'>): TextFormat<string> {
  return { ...format, parse: (value) => ({ value }) };
}

/** The names of back ends, policies, secrets and environments. */
export const nameFormat = plain({
  label: 'name',
  pattern: '[a-z][a-z0-9-]{0,62}',
  allows: 'a lower-case letter, then lower-case letters, digits and hyphens, at most 63 in all',
  example: 'orders',
});
export const name: Shape<string> = text(nameFormat);

/** The names of security schemes (OpenAPI component names); a leading dot could name a hidden file or a folder. */
export const schemeNameFormat = plain({
  label: 'scheme name',
  pattern: '[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}',
  allows: 'letters, digits, dots, hyphens and underscores',
  example: 'user',
});

/** The name of a path parameter, as between braces in a path template. */
export const parameterName: Shape<string> = text(
  plain({
    label: 'parameter name',
    pattern: '[A-Za-z0-9_][A-Za-z0-9._~-]{0,127}',
    allows: 'letters, digits, dots, hyphens and underscores',
    example: 'orderId',
  }),
);

/** The name of a query parameter that gwc itself writes: it needs no encoding. */
export const queryName: Shape<string> = text(
  plain({
    label: 'query parameter name',
    pattern: '[A-Za-z0-9_][A-Za-z0-9._~-]{0,63}',
    allows: 'letters, digits, dots, hyphens and underscores',
    example: 'return_to',
  }),
);

/** One line of prose that says why. */
export const reason: Shape<string> = text({
  label: 'reason',
  pattern: `${PRINTABLE}{3,500}`,
  allows: 'one line of at least 3 characters',
  example: 'marketing pages read it',
  parse: (value) => (value.trim().length < 3 ? { problem: 'says nothing' } : { value }),
});

/** A text that is compared with a claim: no control characters, no blank at either end. */
export function claimText(label: string, example: string): Shape<string> {
  return text({
    label,
    pattern: `(?! )${PRINTABLE}{1,1024}`,
    allows: 'a text without control characters and without blanks at its ends',
    example,
    parse: (value) => (value.trim() === value ? { value } : { problem: 'begins or ends with a blank' }),
  });
}

/** RFC 6749 §3.3 scope-token. */
export const scope: Shape<string> = text(
  plain({
    label: 'scope',
    pattern: '[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,256}',
    allows: 'visible ASCII without blanks, double quotes and backslashes (RFC 6749 §3.3)',
    example: 'orders:read',
  }),
);

/** RFC 6265 cookie-name, without the token characters that configuration languages give a meaning. */
export const cookieName: Shape<string> = text(
  plain({
    label: 'cookie name',
    pattern: '[A-Za-z0-9!%&*+.^_|~-]{1,128}',
    allows: 'letters, digits, hyphens, underscores, dots and ! % & * + ^ | ~',
    example: '__Host-session',
  }),
);

/** A client identifier (RFC 6749 §2.2), without the characters that configuration languages give a meaning. */
export const clientIdentifier: Shape<string> = text(
  plain({
    label: 'client identifier',
    pattern: '[A-Za-z0-9._~:/@+=,*!|-]{1,256}',
    allows: 'letters, digits and . _ ~ : / @ + = , * ! | -',
    example: 'gateway',
  }),
);

/** SHA-256 of an API key as `gwc key` prints it. */
export const sha256: Shape<string> = text(
  plain({
    label: 'SHA-256 hash',
    pattern: '[0-9a-f]{64}',
    allows: '64 lower-case hexadecimal digits, as `gwc key` prints them',
    example: 'c41f7a90e2d85b630b9d2e7f45a1c8367e60d1f2984bac535d3a8c17f0e2b694',
  }),
);

/** The name of a feature in `targets.<t>.accept`; negotiation knows which can be waived. */
export const featureFormat = plain({
  label: 'feature',
  pattern: '[a-z][A-Za-z0-9-]{0,62}',
  allows: 'the name of a feature as `gwc targets` prints it',
  example: 'timeout',
});

/** A name of a user account of the operating system (useradd(8)). */
export const userName: Shape<string> = text(
  plain({
    label: 'user name',
    pattern: '[a-z_][a-z0-9_-]{0,31}',
    allows: 'a lower-case letter, then lower-case letters, digits, hyphens and underscores',
    example: 'www-data',
  }),
);

/** The DNS name (RFC 1123) that a certificate must hold. */
export const serverName: Shape<string> = text({
  label: 'DNS name',
  pattern: '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?',
  allows: 'letters, digits, hyphens and dots',
  example: 'orders.internal',
  parse: (value) =>
    value.split('.').every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label))
      ? { value: value.toLowerCase() }
      : { problem: 'is not a DNS name' },
});
