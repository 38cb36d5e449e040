import { isToken, makeToken, type Token } from './token.ts';

/** A copy of a view in which every token is the word `x`: what is left is what the layout alone decides. */
export function neutralView(view: unknown): unknown {
  return copy(view, new Map());
}

/** `words` has the neutral token of each language and position: views hold thousands of a few kinds. */
function copy(view: unknown, words: Map<string, Token>): unknown {
  if (typeof view !== 'object' || view === null) return view;
  if (isToken(view)) return wordLike(view, words);
  if (Array.isArray(view)) return view.map((item) => copy(item, words));
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, copy(value, words)]));
}

function wordLike({ language, position }: Token, words: Map<string, Token>): Token {
  const key = `${language} ${position}`;
  const known = words.get(key);
  if (known !== undefined) return known;
  const word = makeToken(language, position, 'x');
  words.set(key, word);
  return word;
}
