/** A path template cut at its braces. */
export interface Braces {
  readonly pieces: readonly { readonly parameter: boolean; readonly text: string }[];
  /** Text between the braces, in order. */
  readonly parameters: readonly string[];
  /** How the braces fail to pair up. */
  readonly problem: string | undefined;
}

/** Cuts a key of `paths` at its braces (OpenAPI §4.8.2: no brace inside a parameter's name). */
export function readBraces(template: string): Braces {
  const pieces: { parameter: boolean; text: string }[] = [];
  let problem: string | undefined;
  let rest = template;
  while (rest !== '') {
    const brace = rest.search(/[{}]/);
    const literal = brace < 0 ? rest : rest.slice(0, brace);
    if (literal !== '') pieces.push({ parameter: false, text: literal });
    if (brace < 0) break;
    const match = /^\{([^{}]*)\}/.exec(rest.slice(brace));
    if (match === null) {
      problem =
        rest[brace] === '{' ? 'opens a brace that it does not close' : 'closes a brace that it did not open';
      break;
    }
    pieces.push({ parameter: true, text: match[1] ?? '' });
    rest = rest.slice(brace + match[0].length);
  }
  const parameters = pieces.filter((piece) => piece.parameter).map((piece) => piece.text);
  return { pieces, parameters, problem };
}
