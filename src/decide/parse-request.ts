import { type Authority, readAuthority } from './choose-site.ts';
import { type Framing, parseFraming } from './parse-body.ts';
import { accept, badRequest, fieldValues, type Head, parseHead, type Result } from './parse-head.ts';

/** A well-formed request, as far as its body need not be read. */
export interface Request {
  readonly head: Head;
  readonly authority: Authority;
  readonly framing: Framing;
  /** Statuses with which a server may refuse this request although this one reads it. */
  readonly mayRefuse: readonly number[];
}

/** Fields that must not be repeated; a server may refuse the request, or use one of them (RFC 9110 §5.3). */
const singletons = [
  'expect',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'content-range',
  'content-type',
  'proxy-authorization',
  'user-agent',
];
const usualHeadBytes = 16_384;
const maximumFields = 100;

/** Reads everything in front of the body; refuses what BEHAVIOUR.md H1, H5, H7 and J4 say. Never throws. */
export function parseRequest(bytes: Uint8Array): Result<Request> {
  const read = parseHead(bytes);
  if (!read.ok) return read;
  const head = read.value;
  const authority = readAuthority(head.fields, head.minorVersion);
  if (!authority.ok) return authority;
  const framing = parseFraming(head.fields, head.minorVersion);
  if (!framing.ok) return framing;
  if (fieldValues(head.fields, 'authorization').length > 1) return badRequest();
  return accept({
    head,
    authority: authority.value,
    framing: framing.value,
    mayRefuse: oddities(head, authority.value),
  });
}

function oddities(head: Head, authority: Authority): readonly number[] {
  const statuses: number[] = [];
  if (head.odd) statuses.push(400, 501);
  if (singletons.some((name) => fieldValues(head.fields, name).length > 1)) statuses.push(400);
  if (authority.oddPort) statuses.push(400, 421);
  if (head.end > usualHeadBytes || head.fields.length > maximumFields) statuses.push(400, 431);
  return statuses;
}
