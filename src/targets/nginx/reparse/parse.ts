/**
 * Reads nginx configuration as nginx does (ngx_conf_read_token), to check emitted text. It shares no code and no table
 * with the encoders, on purpose.
 */

export interface Directive {
  readonly name: string;
  /** Unescaped, as nginx sees them; variables are not expanded. */
  readonly args: readonly string[];
  /** Undefined for a simple directive that ends with a semicolon. */
  readonly block: readonly Directive[] | undefined;
  /** 1-based line of the first character of the name. */
  readonly line: number;
}

interface ParseError {
  readonly line: number;
  readonly message: string;
}

export type Parsed =
  | { readonly ok: true; readonly directives: readonly Directive[] }
  | { readonly ok: false; readonly error: ParseError };

/** nginx's configuration buffer (NGX_CONF_BUFFER): a raw parameter that fills it is refused. */
const BUFFER_BYTES = 4096;
/** nginx itself recurses without a limit; emitted configuration is shallow. */
const MAX_DEPTH = 64;

type End = ';' | '{' | '}' | 'end';
interface Statement {
  readonly words: readonly string[];
  readonly end: End;
  readonly line: number;
}
interface Reader {
  readonly text: string;
  at: number;
  line: number;
}
interface Open {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  readonly directives: Directive[];
}

/** The directives of a configuration file, or the first error that nginx would find in its tokens. */
export function parseNginx(text: string): Parsed {
  const reader: Reader = { text, at: 0, line: 1 };
  const stack: Open[] = [{ name: '', args: [], line: 0, directives: [] }];
  for (;;) {
    const statement = readStatement(reader);
    if ('message' in statement) return { ok: false, error: statement };
    const current = stack.at(-1);
    if (current === undefined) return failed(statement.line, 'unexpected "}"');
    const [name, ...args] = statement.words;
    if (statement.end === ';' && name !== undefined) {
      current.directives.push({ name, args, block: undefined, line: statement.line });
    } else if (statement.end === '{' && name !== undefined) {
      if (stack.length > MAX_DEPTH) return failed(statement.line, 'blocks are nested too deeply');
      stack.push({ name, args, line: statement.line, directives: [] });
    } else if (statement.end === '}') {
      stack.pop();
      const outer = stack.at(-1);
      if (outer === undefined) return failed(statement.line, 'unexpected "}"');
      outer.directives.push({
        name: current.name,
        args: current.args,
        block: current.directives,
        line: current.line,
      });
    } else {
      if (stack.length > 1) return failed(statement.line, 'unexpected end of file, expecting "}"');
      return { ok: true, directives: current.directives };
    }
  }
}

function failed(line: number, message: string): Parsed {
  return { ok: false, error: { line, message } };
}

/** Words up to `;`, `{`, `}` or the end of the file. */
function readStatement(reader: Reader): Statement | ParseError {
  const words: string[] = [];
  let line = 0;
  for (;;) {
    skipBlanks(reader);
    const first = reader.text[reader.at];
    if (line === 0) line = reader.line;
    if (first === undefined) {
      return words.length === 0
        ? { words, end: 'end', line }
        : { line: reader.line, message: 'unexpected end of file, expecting ";" or "}"' };
    }
    if (first === ';' || first === '{' || first === '}') {
      if ((words.length === 0) !== (first === '}')) {
        return { line: reader.line, message: `unexpected "${first}"` };
      }
      reader.at += 1;
      return { words, end: first, line };
    }
    const word = first === '"' || first === "'" ? readQuoted(reader, first) : readPlain(reader);
    if (typeof word !== 'string') return word;
    words.push(word);
  }
}

/** White space and, where a word may begin, comments up to the end of their line. */
function skipBlanks(reader: Reader): void {
  for (;;) {
    const unit = reader.text.charCodeAt(reader.at);
    if (unit === HASH) {
      const lineEnd = reader.text.indexOf('\n', reader.at);
      reader.at = lineEnd === -1 ? reader.text.length : lineEnd;
    } else if (isBlank(unit)) {
      if (unit === LINE_FEED) reader.line += 1;
      reader.at += 1;
    } else return;
  }
}

function readQuoted(reader: Reader, mark: string): string | ParseError {
  const from = reader.at + 1;
  const startLine = reader.line;
  let at = from;
  const closing = mark.charCodeAt(0);
  for (; at < reader.text.length; at += 1) {
    const unit = reader.text.charCodeAt(at);
    if (unit === closing) break;
    if (unit === BACKSLASH) at += 1;
  }
  if (at >= reader.text.length)
    return { line: startLine, message: 'unexpected end of file in a quoted parameter' };
  const raw = reader.text.slice(from, at);
  reader.at = at + 1;
  if (raw.includes('\n')) reader.line += raw.split('\n').length - 1;
  const next = reader.text[reader.at];
  if (next !== undefined && !isBlank(next.charCodeAt(0)) && next !== ';' && next !== '{' && next !== ')') {
    return { line: reader.line, message: `unexpected "${next}" after a quoted parameter` };
  }
  return unescaped(raw, startLine);
}

/** A word without quotes; `{` after `$` belongs to it (`${name}`), as does any character after a backslash. */
function readPlain(reader: Reader): string | ParseError {
  const from = reader.at;
  const startLine = reader.line;
  let variable = false;
  let at = from;
  for (; at < reader.text.length; at += 1) {
    const unit = reader.text.charCodeAt(at);
    if (unit === OPEN && variable) continue;
    variable = unit === DOLLAR;
    if (unit === BACKSLASH) at += 1;
    else if (isBlank(unit) || unit === SEMICOLON || unit === OPEN) break;
  }
  const raw = reader.text.slice(from, at);
  reader.at = Math.min(at, reader.text.length);
  if (raw.includes('\n')) reader.line += raw.split('\n').length - 1;
  return unescaped(raw, startLine);
}

function unescaped(raw: string, line: number): string | ParseError {
  if (raw.includes('\0')) return { line, message: 'a null byte ends a parameter early' };
  // A UTF-16 unit is at most three bytes: only long parameters need to be measured.
  if (raw.length * 3 >= BUFFER_BYTES - 1 && new TextEncoder().encode(raw).length >= BUFFER_BYTES - 1) {
    return { line, message: `too long parameter "${raw.slice(0, 10)}..." started` };
  }
  if (!raw.includes('\\')) return raw;
  let value = '';
  for (let i = 0; i < raw.length; i += 1) {
    const next = raw[i + 1];
    if (raw[i] !== '\\' || next === undefined || !(next in ESCAPES)) value += raw[i];
    else {
      value += ESCAPES[next as keyof typeof ESCAPES];
      i += 1;
    }
  }
  return value;
}

/** The only escapes of nginx; a backslash before anything else stays. */
const ESCAPES = { __proto__: null, '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' } as const;

const HASH = 0x23;
const DOLLAR = 0x24;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const LINE_FEED = 0x0a;

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === LINE_FEED;
}
