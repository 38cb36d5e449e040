import { templates } from '../generated/templates.js';
import { auditView } from './audit.ts';
import { type Render, templateEnvironment } from './environment.ts';
import { neutralView } from './neutral-view.ts';
import type { Language } from './token.ts';
import type { View } from './view.ts';

/** Path below templates/ without `.hbs`; its ending tells the language. */
export type TemplateName = `${string}.conf` | `${string}.md` | `${string}Dockerfile`;

/** The language of a template, by its name. */
export type LanguageOf<Name extends TemplateName> = Name extends `${string}.conf`
  ? 'nginx'
  : Name extends `${string}.md`
    ? 'markdown'
    : 'dockerfile';

let find: ((name: string) => Render) | undefined;

/**
 * Lays out one file. `name` is the path below templates/ without `.hbs` (`nginx/nginx.conf`); the view holds tokens of
 * that template's language, booleans, safe integers, arrays and plain records, nothing else.
 * Throws on anything else in the view, on a name that the view lacks, and on a layout that is not clean: exactly one
 * line feed at the end, no trailing blanks, no tabs, no carriage returns. Each of these is a bug in gwc.
 */
export function renderTemplate<const Name extends TemplateName, T extends object>(
  name: Name,
  view: T & View<T, LanguageOf<Name>>,
): string {
  find ??= templateEnvironment(templates);
  return renderWith(find, name, view);
}

/**
 * As `renderTemplate`, and the same layout with every token replaced by the word `x`. The structure of both texts must
 * be the same: a difference means that a token was read as more than one lexical unit.
 */
export function renderWithLayout<const Name extends TemplateName, T extends object>(
  name: Name,
  view: T & View<T, LanguageOf<Name>>,
): { readonly contents: string; readonly layout: string } {
  find ??= templateEnvironment(templates);
  // A copy of a view that has been audited needs no audit: it has tokens of the same languages in the same places.
  return {
    contents: renderWith(find, name, view),
    layout: cleanText(name, find(name)(neutralView(view))),
  };
}

/** As `renderTemplate`, for given templates. */
export function renderWith(lookup: (name: string) => Render, name: string, view: unknown): string {
  auditView(view, languageOf(name));
  return cleanText(name, lookup(name)(view));
}

/** The language of a template's name; throws where the ending says none. */
export function languageOf(name: string): Language {
  if (name.endsWith('.conf')) return 'nginx';
  if (name.endsWith('.md')) return 'markdown';
  if (name.endsWith('Dockerfile')) return 'dockerfile';
  throw new Error(`the name "${name}" tells no language: it ends in none of .conf, .md, Dockerfile`);
}

function cleanText(name: string, text: string): string {
  const flaw = /[\u0000-\u0009\u000b-\u001f\u007f]| \n| $/.exec(text);
  const ended = text.endsWith('\n') && !text.endsWith('\n\n') && text !== '\n';
  if (flaw === null && ended) return text;
  const line = text.slice(0, flaw?.index ?? text.length).split('\n').length;
  throw new Error(
    `template "${name}", line ${line} of its output: ${flaw === null ? 'a file ends with exactly one line feed' : 'a control character or a trailing blank'}`,
  );
}
