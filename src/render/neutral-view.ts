import { isToken, makeToken } from './token.ts';

/** A copy of a view in which every token is the word `x`: what is left is what the layout alone decides. */
export function neutralView(view: unknown): unknown {
  if (isToken(view)) return makeToken(view.language, view.position, 'x');
  if (Array.isArray(view)) return view.map(neutralView);
  if (typeof view !== 'object' || view === null) return view;
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, neutralView(value)]));
}
