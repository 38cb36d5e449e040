import type { Authenticator, CredentialPlace } from '../model/authentication.ts';
import { cookieValues } from './cookies.ts';
import type { ClientCertificate } from './decision.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';
import { percentDecode, queryValues } from './query-parameter.ts';

/** Where credentials are: the header section, the raw query without its question mark, and the connection. */
export interface CredentialSource {
  readonly fields: readonly FieldLine[];
  readonly query: string | undefined;
  readonly certificate: ClientCertificate | undefined;
}

/**
 * A credential as presented. `text` is the token, the key or the base64 of user and password, a character for each
 * byte; undefined when what stands in its place cannot be one.
 */
export type Credential =
  | { readonly kind: 'text'; readonly place: CredentialPlace; readonly text: string | undefined }
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate };

/** Every credential that a request presents in one of an authenticator's places. */
export function presentedCredentials(
  authenticator: Authenticator,
  source: CredentialSource,
): readonly Credential[] {
  if (authenticator.kind === 'certificate') {
    const { certificate } = source;
    return certificate === undefined ? [] : [{ kind: 'certificate', certificate }];
  }
  return authenticator.from.value.flatMap((place): readonly Credential[] => {
    const presented = inPlace(place, authenticator.kind, source);
    return presented === undefined ? [] : [{ kind: 'text', place, text: presented.text }];
  });
}

type Presented = { readonly text: string | undefined } | undefined;

function inPlace(place: CredentialPlace, kind: Authenticator['kind'], source: CredentialSource): Presented {
  if (place.kind === 'cookie') return single(cookieValues(source.fields, place.name));
  if (place.kind === 'query') return inQuery(queryValues(source.query, place.name));
  const values = fieldValues(source.fields, place.name);
  if (place.name.toLowerCase() !== 'authorization' || kind === 'api-key') return single(values);
  return withScheme(kind === 'basic' ? 'basic' : 'bearer', values);
}

function single(values: readonly string[]): Presented {
  const [only, ...others] = values;
  if (only === undefined || (only === '' && others.length === 0)) return undefined;
  return { text: others.length === 0 ? only : undefined };
}

/** Percent-decoded once; its UTF-8 bytes, as a header would hold them. */
function inQuery(values: readonly string[]): Presented {
  const raw = single(values);
  const text = raw?.text === undefined ? undefined : percentDecode(raw.text);
  return raw && { text: text === undefined ? undefined : Buffer.from(text, 'utf8').toString('latin1') };
}

const schemes = {
  bearer: [/^bearer(?![!#$%&'*+.^_`|~0-9A-Za-z-])/i, /^bearer ([^ \t,]+)$/i],
  basic: [/^basic(?![!#$%&'*+.^_`|~0-9A-Za-z-])/i, /^basic ([^ \t,]+)$/i],
} as const;

/** RFC 9110 §11.4, RFC 6750 §2.1, RFC 7617 §2: the scheme in any case, one space, the token (BEHAVIOUR.md J2, J3). */
function withScheme(scheme: keyof typeof schemes, values: readonly string[]): Presented {
  const [names, holds] = schemes[scheme];
  const [only, ...others] = values.filter((value) => value !== '');
  if (only === undefined || ![only, ...others].some((value) => names.test(value))) return undefined;
  return { text: others.length === 0 ? holds.exec(only)?.[1] : undefined };
}
