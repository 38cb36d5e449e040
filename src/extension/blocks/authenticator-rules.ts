import { diagnostic, type Report, related, type Side } from '../../diagnostics/diagnostic.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { Origin } from '../../model/origin.ts';
import type { Node } from '../../source/node.ts';
import { contradiction, missingField } from '../diagnostics.ts';
import { quote } from '../kind.ts';
import type { RecordOf } from '../record.ts';
import type { JsonSchema } from '../shape.ts';
import { subjectOf } from '../subject.ts';
import type { authenticatorFields } from './authenticator-fields.ts';

type Block = RecordOf<typeof authenticatorFields>;
type Kind = Authenticator['kind'];
type Field = keyof Block & string;

/** The fields that name a kind; `issuer` may be missing where the scheme tells it. */
export const kindFields = [
  'issuer',
  'issuers',
  'introspection',
  'keys',
  'users',
  'certificate',
  'external',
] as const satisfies readonly Field[];

const kindOfField: { readonly [F in (typeof kindFields)[number]]: Kind } = {
  issuer: 'jwt',
  issuers: 'jwt',
  introspection: 'introspection',
  keys: 'api-key',
  users: 'basic',
  certificate: 'certificate',
  external: 'external',
};

function kindField(block: Block): (typeof kindFields)[number] | undefined {
  return kindFields.find((field) => block[field] !== undefined);
}

/** The kind of an authenticator by its fields. */
export function kindOfAuthenticator(block: Block): Kind {
  const field = kindField(block);
  return field === undefined ? 'jwt' : kindOfField[field];
}

/** Whether a caller of that kind has claims, and with them scopes and roles. */
export function hasClaims(kind: Kind): kind is 'jwt' | 'introspection' | 'external' {
  return kind === 'jwt' || kind === 'introspection' || kind === 'external';
}

const everyKind = ['forward', 'login'] as const satisfies readonly Field[];
const ofTokens = ['scopeClaim', 'roleClaim', 'from', 'stripToken'] as const satisfies readonly Field[];

/** What may stand beside the field that names the kind. */
const fieldsOf: { readonly [K in Kind]: readonly Field[] } = {
  jwt: ['issuer', 'issuers', 'audiences', 'jwks', 'key', 'algorithms', 'clockSkew', ...ofTokens],
  introspection: ['introspection', 'audiences', ...ofTokens],
  'api-key': ['keys', 'from', 'stripToken'],
  basic: ['users', 'stripToken'],
  certificate: ['certificate'],
  sigv4: [],
  external: ['external', ...ofTokens],
};

const credentialOf: { readonly [K in Kind]: string } = {
  jwt: 'JSON Web Tokens',
  introspection: 'opaque tokens',
  'api-key': 'API keys',
  basic: 'passwords',
  certificate: 'certificates',
  sigv4: 'signatures of AWS',
  external: 'tokens that a service judges',
};

/** What `checkAuthenticator` demands, as far as a schema can say it: audiences of JSON Web Tokens. */
export const authenticatorSchema: JsonSchema = {
  anyOf: [
    { required: ['audiences'] },
    { required: ['issuers'], properties: { issuers: { items: { required: ['audiences'] } } } },
    ...kindFields.filter((field) => kindOfField[field] !== 'jwt').map((field) => ({ required: [field] })),
  ],
};

interface Place {
  readonly field: Field;
  readonly at: Origin;
  /** Default: the key. */
  readonly side?: Side;
}

/** Rules between the fields of an authenticator. True when they hold. */
export function checkAuthenticator(block: Block, node: Node, report: Report): boolean {
  const subject = subjectOf(node.at);
  let whole = true;
  const clash = (one: Place, other: Place | undefined, problem: string, fix: string): void => {
    const facts = {
      problem: `${subject} has ${problem}`,
      consequence: 'It is not certain whose credentials would be accepted, so nothing is written.',
      fix,
    };
    const places = other === undefined ? [] : [related(`${quote(other.field)} is here.`, other.at, 'key')];
    report(diagnostic(contradiction, one.at, facts, { side: one.side ?? 'key', related: places }));
    whole = false;
  };
  const kind = kindOfAuthenticator(block);
  const named = placeOf(block, kindField(block));
  for (const field of statedFields(block)) {
    if (fieldsOf[kind].includes(field.field) || everyKind.some((one) => one === field.field)) continue;
    const fix = `Remove ${quote(field.field)}: ${credentialOf[kind]} do not have it.`;
    clash(
      field,
      named,
      `${quote(named?.field ?? '')} and ${quote(field.field)}, which do not go together`,
      fix,
    );
  }
  if (!whole) return false;
  checkForward(block, kind, named, clash);
  if (kind === 'api-key' && block.stripToken?.value === false) {
    clash(
      { field: 'stripToken', at: block.stripToken.at },
      named,
      '"keys" and a stripToken that is false',
      'Remove stripToken: API keys never reach the back end.',
    );
  }
  if (kind !== 'jwt') return whole;
  checkKeys(block, clash);
  return hasAudiences(block, node, clash, report) && whole;
}

type Clash = (one: Place, other: Place | undefined, problem: string, fix: string) => void;

function statedFields(block: Block): readonly Place[] {
  return Object.entries(block).flatMap(([field, stated]) =>
    stated === undefined ? [] : [{ field: field as Field, at: stated.at }],
  );
}

function placeOf(block: Block, field: Field | undefined): Place | undefined {
  const at = field === undefined ? undefined : block[field]?.at;
  return field === undefined || at === undefined ? undefined : { field, at };
}

/** Only tokens have claims, only API keys have a consumer. */
function checkForward(block: Block, kind: Kind, named: Place | undefined, clash: Clash): void {
  for (const [header, { value: fact, at }] of block.forward?.value ?? []) {
    const one = { field: 'forward', at } as const;
    const what = `${quote(named?.field ?? 'audiences')} and forwards`;
    if (fact.kind === 'claim' && !hasClaims(kind)) {
      const other = kind === 'api-key' ? '"consumer.id"' : '"subject"';
      clash(
        one,
        named,
        `${what} a claim in ${quote(header)}, and ${credentialOf[kind]} have no claims`,
        `Write ${other}.`,
      );
    }
    if (fact.kind === 'consumer' && kind !== 'api-key') {
      clash(
        one,
        named,
        `${what} a consumer in ${quote(header)}, and ${credentialOf[kind]} belong to no consumer`,
        'Write "subject".',
      );
    }
  }
}

/** A shared secret and public keys never verify the same token (RFC 8725 §2.1), and every issuer has its own keys. */
function checkKeys(block: Block, clash: Clash): void {
  const issuers = placeOf(block, 'issuers');
  const key = placeOf(block, 'key');
  const jwks = placeOf(block, 'jwks');
  for (const one of [jwks, key]) {
    if (issuers === undefined || one === undefined) continue;
    const fix =
      one.field === 'jwks'
        ? 'Write jwks in the entries of issuers.'
        : 'Give the issuer of the shared secret a security scheme and an authenticator of its own.';
    clash(one, issuers, `"issuers" and ${quote(one.field)}, which are the keys of one issuer`, fix);
  }
  if (key !== undefined && jwks !== undefined) {
    clash(key, jwks, '"jwks" and "key", of which only one can verify a token', 'Keep one of them.');
  }
  const algorithms = block.algorithms?.value ?? [];
  const symmetric = algorithms.find(({ value }) => value.startsWith('HS'));
  const asymmetric = algorithms.find(({ value }) => !value.startsWith('HS'));
  if (key === undefined) {
    if (symmetric === undefined) return;
    const fix = 'Write key: {secret: name}, or name algorithms of public keys.';
    clash(
      { field: 'algorithms', at: symmetric.at, side: 'value' },
      jwks,
      `the algorithm ${quote(symmetric.value)} and no "key"`,
      fix,
    );
  } else if (asymmetric !== undefined) {
    const problem = `"key" and the algorithm ${quote(asymmetric.value)}, which a shared secret cannot verify`;
    clash(
      { field: 'algorithms', at: asymmetric.at, side: 'value' },
      key,
      problem,
      'Name HS256, HS384 or HS512.',
    );
  } else if (symmetric === undefined) {
    clash(
      key,
      undefined,
      '"key" and no "algorithms"',
      'Write algorithms: [HS256], or the HS* that the issuer signs with.',
    );
  }
}

function hasAudiences(block: Block, node: Node, clash: Clash, report: Report): boolean {
  const issuers = block.issuers?.value ?? [];
  const silent = issuers.filter(({ value }) => value.audiences === undefined);
  const outer = placeOf(block, 'audiences');
  if (outer !== undefined) {
    if (block.issuers === undefined || silent.length > 0) return true;
    const fix = 'Remove the outer "audiences", or those of the issuers that shall have them.';
    clash(outer, placeOf(block, 'issuers'), '"audiences" although each of its "issuers" has its own', fix);
    return false;
  }
  const lacking: readonly { readonly at: Origin; readonly owner: string }[] =
    block.issuers === undefined
      ? [{ at: node.at, owner: 'an authenticator of JSON Web Tokens' }]
      : silent.map(({ at }) => ({ at, owner: 'an issuer' }));
  for (const { at, owner } of lacking) {
    const means =
      'whom tokens must be meant for; a token for another API of the issuer would be accepted without it.';
    const facts = { subject: subjectOf(at), owner, name: quote('audiences'), means };
    report(diagnostic(missingField, at, facts));
  }
  return lacking.length === 0;
}
