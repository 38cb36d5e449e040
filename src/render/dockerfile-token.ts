import { makeToken, type Token } from './token.ts';

/** One word of a Dockerfile: an image, a path, a port. Throws a RangeError on anything that a shell or Docker reads. */
export function dockerfileWord(text: string): Token<'dockerfile', 'word'> {
  if (!/^[A-Za-z0-9._/][A-Za-z0-9._/:@-]*$/.test(text)) {
    throw new RangeError(
      `"${text}" cannot be a word of a Dockerfile: letters, digits, ".", "_", "/", ":", "@" and "-" only.`,
    );
  }
  return makeToken('dockerfile', 'word', text);
}
