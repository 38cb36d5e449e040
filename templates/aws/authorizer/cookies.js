import { trimmed } from './blanks.js';

/** Values of a cookie (RFC 6265 §5.4): pairs of every Cookie line, names with their case. */
export function cookieValues(lines, name) {
  return lines
    .flatMap((line) => line.split(';'))
    .map(trimmed)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
