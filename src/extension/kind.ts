/** What a parsed YAML or JSON value is, in the words of the language. */
export type Kind = 'text' | 'number' | 'boolean' | 'null' | 'date' | 'list' | 'object' | 'other';

export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Date) return 'date';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      return 'object';
    default:
      return 'other';
  }
}

/** `the number 3`, `the text "x"`, `a list`: a value in a sentence, cut to a readable length. */
export function describeValue(value: unknown): string {
  switch (kindOf(value)) {
    case 'text':
      return `the text ${quote(String(value))}`;
    case 'number':
      return `the number ${String(value)}`;
    case 'boolean':
      return String(value);
    case 'null':
      return 'nothing';
    case 'date':
      return 'a date';
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
    default:
      return 'a value that is no YAML or JSON';
  }
}

const LONGEST = 80;

/** The text in double quotes, escaped as in JSON. */
export function quote(text: string): string {
  return JSON.stringify(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
}

/** `an audience`, `an https URL`, `a rate`: by how the word is spoken. */
export function withArticle(words: string): string {
  return /^(?:[aeio]|https|nginx|x-)/i.test(words) ? `an ${words}` : `a ${words}`;
}
