import type { Origin } from '../model/origin.ts';

const LONGEST = 120;

/** The field that a place is about as a person writes it: `defaults.limits[0].rate`; `x-gateway` for the block itself. */
export function subjectOf(at: Origin): string {
  const tokens = at.pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const below = tokens.slice(tokens.lastIndexOf('x-gateway') + 1);
  let text = '';
  for (const token of below) {
    if (/^\d+$/.test(token)) text += `[${token}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(token)) text += text === '' ? token : `.${token}`;
    else text += `[${JSON.stringify(token)}]`;
  }
  if (text === '') return 'x-gateway';
  return text.length <= LONGEST ? text : `…${text.slice(-LONGEST)}`;
}
