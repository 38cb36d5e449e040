import { quoteFound } from './quote-found.ts';

/** What a scan reports while it goes through a text. Offsets count UTF-16 units; `end` is exclusive. */
export interface JsonEvents {
  readonly begin: (offset: number, kind: 'mapping' | 'sequence') => void;
  readonly end: (offset: number) => void;
  readonly key: (start: number, end: number) => void;
  readonly scalar: (start: number, end: number) => void;
}

export interface JsonFault {
  readonly offset: number;
  /** What is wrong, as a clause. */
  readonly found: string;
}

/**
 * Goes through a JSON text (RFC 8259) once, without recursion and without making values. Returns the first fault, with
 * the place that JSON.parse does not give.
 */
export function scanJson(text: string, events: JsonEvents): JsonFault | undefined {
  const open: ('mapping' | 'sequence')[] = [];
  let at = skipBlank(text, 0);
  let expected: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value';
  for (;;) {
    const character = text[at];
    if (
      (expected === 'value or end' && character === ']') ||
      (expected === 'key or end' && character === '}')
    ) {
      events.end(at + 1);
      open.pop();
      at += 1;
      expected = 'comma or end';
    } else if (expected === 'key' || expected === 'key or end') {
      if (character !== '"') return fault(text, at, 'a key in double quotes is expected');
      const end = endOfString(text, at);
      if (typeof end !== 'number') return end;
      events.key(at, end);
      at = skipBlank(text, end);
      if (text[at] !== ':') return fault(text, at, '":" is expected after a key');
      at += 1;
      expected = 'value';
    } else if (expected === 'comma or end') {
      const inside = open.at(-1);
      if (inside === undefined)
        return character === undefined ? undefined : fault(text, at, 'the end of the file is expected');
      if (character === ',') {
        at += 1;
        expected = inside === 'mapping' ? 'key' : 'value';
      } else if (character === (inside === 'mapping' ? '}' : ']')) {
        events.end(at + 1);
        open.pop();
        at += 1;
      } else
        return fault(text, at, inside === 'mapping' ? '"," or "}" is expected' : '"," or "]" is expected');
    } else if (character === '{' || character === '[') {
      const kind = character === '{' ? 'mapping' : 'sequence';
      events.begin(at, kind);
      open.push(kind);
      at += 1;
      expected = kind === 'mapping' ? 'key or end' : 'value or end';
    } else {
      const end = endOfScalar(text, at);
      if (typeof end !== 'number') return end;
      events.scalar(at, end);
      at = end;
      expected = 'comma or end';
    }
    at = skipBlank(text, at);
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at;
    at += 1;
  }
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function endOfScalar(text: string, at: number): number | JsonFault {
  if (text[at] === '"') return endOfString(text, at);
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length;
  number.lastIndex = at;
  if (number.test(text)) return number.lastIndex;
  return fault(text, at, 'a value is expected');
}

function endOfString(text: string, start: number): number | JsonFault {
  for (let at = start + 1; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return at + 1;
    if (unit === 0x5c) {
      at += 1;
      const escaped = text[at] ?? '';
      if (escaped === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) {
          return { offset: at - 1, found: '"\\u" is not followed by four hexadecimal digits' };
        }
        at += 4;
      } else if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) {
        return { offset: at - 1, found: `the escape "\\${escaped}" is unknown` };
      }
    } else if (!(unit >= 0x20)) {
      if (Number.isNaN(unit)) return { offset: start, found: 'a string is not closed' };
      return { offset: at, found: 'a string holds a control character or a line break' };
    }
  }
}

function fault(text: string, offset: number, expectation: string): JsonFault {
  return {
    offset: Math.min(offset, text.length),
    found: `${expectation}, but ${quoteFound(text, offset)} follows`,
  };
}
