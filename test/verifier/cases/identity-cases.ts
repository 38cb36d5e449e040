import { operations } from '../fixture.ts';
import { type DecisionCase, passes, user } from './decision-case.ts';

const { plain } = operations;

export const identityCases: readonly DecisionCase[] = [
  ...(
    [
      ['alice', 'alice'],
      ['a b', 'a b'],
      ['a,b', 'a,b'],
      ['100%', '100%25'],
      ['\r\nX-Admin: 1', '%0D%0AX-Admin: 1'],
      ['\u0000\u001f\u007f', '%00%1F%7F'],
      ['\u00e9\u{1f600}', '%C3%A9%F0%9F%98%80'],
      [' admin ', '%20admin%20'],
      [' ', '%20'],
      ['', undefined],
      [12, '12'],
      [1.5, '1.5'],
      [1e21, undefined],
      [2 ** 53, undefined],
      [true, 'true'],
      [null, undefined],
      [undefined, undefined],
      [{ a: 1 }, undefined],
      [['a', 'b'], 'a,b'],
      [['a,b', '%', ' c'], 'a%2Cb,%25,%20c'],
      [[], undefined],
      [['a', 1], undefined],
    ] as const
  ).map(
    ([groups, text]): DecisionCase => ({
      ...{
        rows: 'I3',
        name: `groups ${JSON.stringify(groups)}`,
        operation: plain,
        facts: user({ groups }),
        ...passes,
      },
      headers: { 'gwc-forward-1': text },
    }),
  ),
  {
    rows: 'I3',
    name: 'a subject that needs encoding',
    operation: plain,
    facts: user({ sub: ' \r\n\u00e9%' }),
    ...passes,
    headers: { 'gwc-subject': '%20%0D%0A%C3%A9%25', 'gwc-forward-0': '%20%0D%0A%C3%A9%25' },
  },
  {
    rows: 'I3',
    name: 'a subject that is no text',
    operation: plain,
    facts: user({ sub: 7 }),
    ...passes,
    headers: { 'gwc-subject': undefined, 'gwc-forward-0': '7' },
  },
  {
    rows: 'I3',
    name: 'a claim inside another',
    operation: plain,
    facts: user({ app: { 'https://example.com/tenant': 't' } }),
    ...passes,
    headers: { 'gwc-forward-3': 't' },
  },
  {
    rows: 'I3',
    name: 'own members only',
    operation: plain,
    facts: user({ app: [] }),
    ...passes,
    headers: { 'gwc-forward-3': undefined },
  },
];
