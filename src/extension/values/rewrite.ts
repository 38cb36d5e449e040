import type { UpstreamPiece } from '../../model/path.ts';
import type { Shape } from '../shape.ts';
import { text } from '../text.ts';
import { pathFlaw } from './url.ts';

const LITERAL = '(?:[A-Za-z0-9._~!&()*+,=:@-]|%[0-9A-F]{2})';
const PARAMETER = '\\{[A-Za-z0-9_][A-Za-z0-9._~-]{0,127}\\}';

/** The path that the back end receives: literal text and `{parameter}`, without a query. */
export const rewrite: Shape<readonly UpstreamPiece[]> = text({
  label: 'path template',
  pattern: `/(?:${LITERAL}|/|${PARAMETER})*`,
  allows: 'a path that begins with a slash, with {name} where a path parameter goes, without a query',
  example: '/v1/orders/{orderId}',
  parse: (value) => {
    const flaw = pathFlaw(value.replaceAll(/\{[^}]*\}/g, 'x'));
    if (flaw !== undefined) return { problem: flaw };
    const pieces = value
      .split(/(\{[^}]*\})/)
      .filter((part) => part !== '')
      .map(
        (part): UpstreamPiece =>
          part.startsWith('{')
            ? { kind: 'parameter', name: part.slice(1, -1) }
            : { kind: 'literal', text: part },
      );
    return { value: pieces };
  },
});
