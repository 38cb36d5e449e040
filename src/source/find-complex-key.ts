import { closeKind, closeOffset, type Events } from './outline.ts';

/**
 * Offset of the first mapping key that is a collection, or an alias of one: js-yaml would turn it into the text of its
 * items. Such a value follows a `?`, or is followed by a `:`, or is an entry of a flow mapping by itself.
 */
export function findComplexKey(text: string, events: Events): number | undefined {
  const open: number[] = [];
  /** For every open value the first collection in it that follows a brace or a comma: a key if it is a mapping. */
  const entries: (number | undefined)[] = [];
  for (let index = 0; index < events.length; index++) {
    const event = events[index] ?? 0;
    if (event >= 0) {
      open.push(index);
      continue;
    }
    const opening = open.pop() ?? 0;
    const entry = entries[open.length + 1];
    entries.length = open.length + 1;
    const kind = closeKind(event);
    if (kind !== 'mapping' && kind !== 'sequence') continue;
    const start = events[opening] ?? 0;
    if (isFollowedByColon(text, start, closeOffset(event)) || isExplicit(text, events, opening)) {
      return afterBlanks(text, start);
    }
    if (kind === 'mapping' && entry !== undefined) return afterBlanks(text, entry);
    if (isEntry(text, events, opening)) entries[open.length] ??= start;
  }
  return undefined;
}

function afterBlanks(text: string, start: number): number {
  return start + (/^[ \t\r\n]*/.exec(text.slice(start, start + 1024))?.[0].length ?? 0);
}

/** Is the last thing before the opening, apart from comments, tags and anchors, a `{` or a `,`? */
function isEntry(text: string, events: Events, opening: number): boolean {
  const between = text.slice(endOf(events, opening - 1), events[opening]);
  if (!/[{,]/.test(between)) return false;
  return /[{,]\s*$/.test(between.replace(/#[^\r\n]*|&[^\s,[\]{}]*|!<[^>]*>|![^\s,[\]{}]*/g, ''));
}

/** Where what an event says has happened. */
function endOf(events: Events, index: number): number {
  const event = events[index] ?? 0;
  return event >= 0 ? event : closeOffset(event);
}

function isFollowedByColon(text: string, start: number, end: number): boolean {
  let at = end;
  let sameLine = text[end - 1] === ']' || text[end - 1] === '}';
  if (!sameLine) {
    // An alias closes behind the blank text that follows it.
    const alias = /^\s*\*[^\s,[\]{}]+/.exec(text.slice(start, Math.min(end, start + 1024)));
    if (alias !== null) {
      at = start + alias[0].length;
      sameLine = true;
    }
  }
  let colon = at;
  while (text[colon] === ' ' || text[colon] === '\t') colon += 1;
  if (sameLine && text[colon] === ':') return true;
  return text[end] === ':' && isBlank(text.charCodeAt(end + 1));
}

/** Is there a `?` between the event before the opening and the opening? */
function isExplicit(text: string, events: Events, opening: number): boolean {
  const end = events[opening] ?? 0;
  const start = endOf(events, opening - 1);
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x23) {
      while (at < end && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1;
    } else if (unit === 0x3f && isBlank(text.charCodeAt(at + 1))) {
      if (at === start || isBlank(text.charCodeAt(at - 1)) || '[{,'.includes(text[at - 1] ?? '')) return true;
    }
  }
  return false;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d || Number.isNaN(unit);
}
