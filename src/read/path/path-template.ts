import type { Piece, Segment } from '../../model/path.ts';
import { literalText } from './literal-text.ts';

/** A path template as segments, or every reason why it cannot be routed. */
export interface PathTemplate {
  readonly segments: readonly Segment[];
  /** Parameter names from left to right, a greedy one last. */
  readonly parameters: readonly string[];
}
export type ParsedTemplate = { readonly ok: true; readonly template: PathTemplate } | TemplateFlaw;

/** `structural` flaws are those of the OpenAPI document itself, which are reported where it is checked. */
interface TemplateFlaw {
  readonly ok: false;
  readonly problem: string;
  readonly structural: boolean;
}

/** What a key of `paths` routes on: everything before the first `#` or `?` that is not inside braces. */
export function routedPart(key: string): string {
  let depth = 0;
  for (let index = 0; index < key.length; index++) {
    const character = key[index];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (depth <= 0 && (character === '#' || character === '?')) return key.slice(0, index);
  }
  return key;
}

/**
 * Splits a template such as `/a/{x}.json` into segments of pieces. `{name+}` is a greedy last segment. A template that
 * no canonical request target can match (empty or dot segments, refused characters) is a problem, never repaired.
 */
export function parseTemplate(path: string): ParsedTemplate {
  if (!path.startsWith('/')) return fail('it does not begin with a slash', true);
  const parts = splitSegments(path.slice(1));
  if (parts === undefined) return fail('its braces do not match', true);
  const segments: Segment[] = [];
  const parameters: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = parseSegment(part, index === parts.length - 1);
    if (!segment.ok) return segment;
    segments.push(segment.value);
    parameters.push(...segmentParameters(segment.value));
  }
  const twice = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (twice !== undefined) return fail(`it has the parameter "${twice}" twice`, true);
  return { ok: true, template: { segments, parameters } };
}

/** Names of the parameters of a segment, from left to right. */
function segmentParameters(segment: Segment): readonly string[] {
  if (segment.kind === 'greedy') return [segment.name];
  return segment.pieces.flatMap((piece) => (piece.kind === 'parameter' ? [piece.name] : []));
}

type Result<T> = { readonly ok: true; readonly value: T } | TemplateFlaw;

/** Splits at slashes outside braces; undefined when braces do not match. */
function splitSegments(text: string): readonly string[] | undefined {
  if (!/[{}]/.test(text)) return text.split('/');
  const parts: string[] = [];
  let start = 0;
  let open = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '{' || character === '}') {
      if (open === (character === '{')) return undefined;
      open = !open;
    } else if (character === '/' && !open) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (open) return undefined;
  parts.push(text.slice(start));
  return parts;
}

function parseSegment(part: string, last: boolean): Result<Segment> {
  if (part === '')
    return last ? { ok: true, value: { kind: 'plain', pieces: [] } } : fail('it has an empty segment', true);
  const greedy = part.endsWith('+}') ? /^\{([^{}]+)\+\}$/.exec(part)?.[1] : undefined;
  if (greedy !== undefined) {
    if (!last) return fail(`the greedy parameter "{${greedy}+}" is not its last segment`);
    return checkName(greedy) ?? { ok: true, value: { kind: 'greedy', name: greedy } };
  }
  const pieces: Piece[] = [];
  for (const [index, text] of part.split(/[{}]/).entries()) {
    const parameter = index % 2 === 1;
    if (!parameter && text === '') continue;
    const piece = parameter ? parseParameter(text) : parseLiteral(text);
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === 'literal' && (only.text === '.' || only.text === '..')) {
    return fail(`it has a "${only.text}" segment`, part === only.text);
  }
  return { ok: true, value: { kind: 'plain', pieces } };
}

function parseParameter(name: string): Result<Piece> {
  if (name.endsWith('+')) return fail(`the greedy parameter "{${name}}" is not a segment of its own`);
  return checkName(name) ?? { ok: true, value: { kind: 'parameter', name } };
}

function checkName(name: string): TemplateFlaw | undefined {
  if (name.trim() === '') return fail('it has a parameter without a name', true);
  if (!/^\w+$/.test(name) && /[/\p{Cc}]/u.test(name))
    return fail('a parameter name holds a slash or a control character', true);
  return undefined;
}

function parseLiteral(text: string): Result<Piece> {
  const literal = literalText(text);
  if (!literal.ok) return fail(`its literal text "${text}" holds ${literal.problem}`);
  return { ok: true, value: { kind: 'literal', text: literal.text } };
}

function fail(problem: string, structural = false): TemplateFlaw {
  return { ok: false, problem, structural };
}
