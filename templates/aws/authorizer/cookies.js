/** Values of a cookie (RFC 6265 §5.4): pairs of every Cookie line, names with their case. */
export function cookieValues(lines, name) {
  return lines
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
