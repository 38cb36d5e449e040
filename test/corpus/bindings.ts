import type { Requirement, VendorDocument, VendorScheme } from './vendor-document.ts';

type Place =
  | { readonly kind: 'header' | 'cookie' | 'query'; readonly name: string }
  | { readonly kind: 'connection' };

/** How a test binds one scheme: what verifies its credentials, and where they are. */
export interface Binding {
  readonly kind: 'token' | 'key' | 'password' | 'certificate';
  readonly place: Place;
  /** Whether the place is another one than the scheme says. */
  readonly moved?: true;
}

/** The scheme that operations ask for on which the vendor left security open. */
export const addedScheme = 'gateway';

/** A document with every decision about security taken: what its vendor left open asks for a token. */
export interface Decided {
  readonly security: (stated: readonly Requirement[] | undefined) => readonly Requirement[];
  /** Whether `addedScheme` is needed. */
  readonly added: boolean;
  /** Every scheme that an operation asks for. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** `tokens`: schemes of the type `apiKey` that in fact carry tokens, as a person read in the document. */
export function decided(document: VendorDocument, tokens: readonly string[]): Decided {
  const added = document.operations.some(({ security }) => security === undefined);
  const security: Decided['security'] = (stated) => stated ?? [{ [addedScheme]: [] }];
  const alternatives = document.operations.flatMap((operation) => security(operation.security));
  const bindings = new Map<string, Binding>();
  for (const name of alternatives.flatMap(Object.keys)) {
    const scheme = name === addedScheme ? bearer : document.schemes.get(name);
    if (scheme === undefined) throw new Error(`no scheme "${name}"`);
    bindings.set(name, bindingOf(scheme, tokens.includes(name)));
  }
  for (const alternative of alternatives) moveTokens(Object.keys(alternative), bindings);
  return { security, added, bindings };
}

const bearer: VendorScheme = { type: 'http', scheme: 'bearer', place: undefined };
const authorization: Place = { kind: 'header', name: 'Authorization' };

function bindingOf({ type, scheme, place }: VendorScheme, isToken: boolean): Binding {
  if (type === 'mutualTLS') return { kind: 'certificate', place: { kind: 'connection' } };
  if (type === 'basic' || scheme === 'basic') return { kind: 'password', place: authorization };
  if (place === undefined) return { kind: 'token', place: authorization };
  const kind = place.in as 'header' | 'cookie' | 'query';
  // Servers drop header names with underscores: such a key has hyphens, by a decision about the document.
  const name = kind === 'header' ? place.name.replaceAll('_', '-') : place.name;
  return { kind: isToken ? 'token' : 'key', place: { kind, name } };
}

/** One request has one `Authorization`: where an alternative asks for two credentials in it, tokens give way. */
function moveTokens(together: readonly string[], bindings: Map<string, Binding>): void {
  const inAuthorization = together.filter((name) => {
    const place = bindings.get(name)?.place;
    return place?.kind === 'header' && place.name.toLowerCase() === 'authorization';
  });
  const stays = inAuthorization.find((name) => bindings.get(name)?.kind !== 'token') ?? inAuthorization[0];
  for (const name of inAuthorization.filter((one) => one !== stays)) {
    const header = `X-${name.replace(/[^A-Za-z0-9]+/g, '-')}-Token`;
    bindings.set(name, { kind: 'token', place: { kind: 'header', name: header }, moved: true });
  }
}
