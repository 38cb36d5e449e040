/**
 * The value of a template of Terraform whose expressions are names or quoted templates: a second
 * reading of "HCL Native Syntax Specification" that shares no code with what writes them. Throws at what it does not know.
 */
export function evaluated(source: string, names: Readonly<Record<string, string>>): string {
  const reader = new Reader(source, names);
  const value = reader.template(false);
  if (!reader.atEnd) throw new Error(`${source} goes on after its template`);
  return value;
}

class Reader {
  #at = 0;
  readonly #source: string;
  readonly #names: Readonly<Record<string, string>>;

  constructor(source: string, names: Readonly<Record<string, string>>) {
    this.#source = source;
    this.#names = names;
  }

  get atEnd(): boolean {
    return this.#at === this.#source.length;
  }

  /** Inside quotation marks a backslash escapes and the next mark ends. */
  template(inQuotes: boolean): string {
    let value = '';
    while (!this.atEnd) {
      if (inQuotes && this.#next('"')) return value;
      if (this.#take('$${')) value += '${';
      else if (this.#take('%%{')) value += '%{';
      else if (this.#take('${')) value += this.#interpolation();
      else if (this.#next('%{')) throw new Error('a directive');
      else if (inQuotes && this.#take('\\')) value += this.#escape();
      else value += this.#source.charAt(this.#at++);
    }
    if (inQuotes) throw new Error('a string without an end');
    return value;
  }

  #interpolation(): string {
    const value = this.#expression();
    if (!this.#take('}')) throw new Error(`no } at ${this.#at} of ${this.#source}`);
    return value;
  }

  #expression(): string {
    if (this.#take('"')) {
      const value = this.template(true);
      this.#take('"');
      return value;
    }
    const name = /^[a-z_][\w.[\]"*]*/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += name.length;
    const value = Object.hasOwn(this.#names, name) ? this.#names[name] : undefined;
    if (value === undefined) throw new Error(`nothing has the name "${name}"`);
    return value;
  }

  #escape(): string {
    const mark = this.#source.charAt(this.#at++);
    if (mark === 'u') {
      const code = this.#source.slice(this.#at, this.#at + 4);
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
    const value = known[mark];
    if (value === undefined) throw new Error(`\\${mark} is no escape`);
    return value;
  }

  #next(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#next(text)) return false;
    this.#at += text.length;
    return true;
  }
}
