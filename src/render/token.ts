import { handlebars } from './handlebars.ts';

/** A language that templates are laid out in. */
export type Language = 'nginx' | 'markdown' | 'dockerfile';

/**
 * One encoded lexical unit: the only text that a template can print. `L` is the language and `P` the lexical position
 * it was encoded for; neither exists at compile time only: the audit compares the language when a template is rendered.
 */
export interface Token<L extends Language = Language, P extends string = string> {
  readonly language: L;
  readonly position: P;
  /** The encoded text, exactly as it is printed. */
  readonly string: string;
  readonly toHTML: () => string;
}

/**
 * Makes a token of text that is already encoded. Called by encoders only (a test lists them): whoever calls it vouches
 * that `encoded` is one lexical unit of the language at that position, whatever text it was made from.
 */
export function makeToken<L extends Language, P extends string>(
  language: L,
  position: P,
  encoded: string,
): Token<L, P> {
  const token = Object.assign(new handlebars.SafeString(encoded), { language, position, string: encoded });
  return Object.freeze(token);
}

/** True for a token that `makeToken` made. A document holds plain data only, so it cannot hold one. */
export function isToken(value: unknown): value is Token {
  return value instanceof handlebars.SafeString && 'language' in value && Object.isFrozen(value);
}
