import fc from 'fast-check';

const piece = fc.constantFrom(
  ...[
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2E',
    '%2f',
    '%2F',
    '%5c',
    ';',
    '%3b',
    '%25',
    '%',
    '%z',
    '%4',
    '%61',
    '%7e',
  ],
  ...[
    '%C3%A9',
    '%c3',
    '%A9',
    '%ff',
    '%c0%ae',
    '%ed%a0%80',
    '%ED%9F%BF',
    '%f0%9f%98%80',
    '%F4%90%80%80',
    '%E0%9F%BF',
  ],
  ...[
    '%20',
    '%7f',
    '%00',
    '%2B',
    '%2D',
    '%5F',
    '%60',
    '%30',
    '%3A',
    '%40',
    'é',
    ' ',
    '"',
    '|',
    '~',
    'a',
    'B',
    '?',
    '&',
    '#',
    "'",
    '+',
  ],
);
const byte = fc.integer({ min: 0, max: 255 }).map((code) => `%${code.toString(16).padStart(2, '0')}`);
/** Targets that are canonical, nearly so, or nothing like it. */
export const edgeTargets = fc
  .array(fc.oneof({ weight: 4, arbitrary: piece }, { weight: 1, arbitrary: byte }), { maxLength: 8 })
  .map((parts) => `/${parts.join('')}`);
