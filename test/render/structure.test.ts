import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disallowedDirectives } from '../../src/targets/nginx/reparse/allowed-directives.ts';
import { type Directive, parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import { structure } from '../../src/targets/nginx/reparse/structure.ts';
import { serverName } from '../../src/targets/nginx/token/address.ts';
import { jsonBody, logFormat } from '../../src/targets/nginx/token/json.ts';
import { end, literal, mapRegex, noneOf, regex, start } from '../../src/targets/nginx/token/regex.ts';
import {
  argument,
  headerName,
  headerValue,
  interpolated,
  locationPath,
  mapKey,
  refusalOf,
  text,
  variable,
} from '../../src/targets/nginx/token.ts';
import { atoms, encodableText, hostileText, naughtyStrings, vectorsFound } from './hostile-strings.ts';

const read = (source: string): readonly Directive[] => {
  const parsed = parseNginx(source);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.message}`);
  return parsed.directives;
};

/** A configuration with the same hostile text in every position that can hold it. */
const configurationWith = (value: string): string => `
http {
  map $request_uri $x { default ${argument(value).string}; ${mapKey(value).string} ${interpolated(text(value), variable('uri')).string}; ${mapRegex(literal(value)).string} 1; }
  log_format gw escape=json ${logFormat({ members: [[value, { pieces: [text(value)] }]] })
    .map((token) => token.string)
    .join(' ')};
  server {
    location ${locationPath(`/${value}`).string} { return 200 ${interpolated(text(value)).string}; }
    location ~ ${regex(start, literal(value), noneOf(';"'), end).string} { return 400 ${jsonBody(value).string}; }
  }
}
`;
const benign = structure(read(configurationWith('benign')));

describe('no text becomes syntax', () => {
  const holds = (value: string): boolean => {
    const refused = refusalOf(() => configurationWith(value));
    if (refused !== undefined) return false;
    const directives = read(configurationWith(value));
    expect(structure(directives)).toEqual(benign);
    expect(disallowedDirectives(directives)).toEqual([]);
    const http = directives[0]?.block ?? [];
    const server = http.find((one) => one.name === 'server')?.block ?? [];
    expect(http[0]?.block?.[0]?.args[0]).toBe(value);
    expect(server[0]?.args).toEqual([`/${value}`]);
    expect(server[0]?.block?.[0]?.args[1]).toBe(value.replaceAll('$', '$\u007bgw_dollar}'));
    return true;
  };
  test.skipIf(!vectorsFound)('of the shared vectors (skipped where they are not beside the checkout)', () => {
    const held = [...atoms, ...naughtyStrings].filter(holds);
    expect(held.length).toBeGreaterThan((atoms.length + naughtyStrings.length) / 3);
  });
  test('of what encoders take', () => {
    let held = 0;
    fc.assert(
      fc.property(encodableText, (value) => {
        if (holds(value)) held += 1;
      }),
      { numRuns: 1500 },
    );
    expect(held).toBeGreaterThan(1300);
  });
  test('of anything', () => {
    fc.assert(
      fc.property(hostileText, (value) => void holds(value)),
      { numRuns: 1500 },
    );
  });
  test('in headers and names of servers', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (name, value, host) => {
        const print = (): string =>
          `add_header ${headerName(name).string} ${headerValue(text(value)).string};\nserver_name ${serverName(host).string};`;
        if (refusalOf(print) === undefined) {
          expect(read(print()).map((one) => one.args.length)).toEqual([2, 1]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the sabotage that the structure would show', () => {
  test.each([
    ['a raw value in quotes', (value: string) => `return 200 "${value}";`],
    ['JSON quoting', (value: string) => `return 200 ${JSON.stringify(value)}; # ${value}`],
    ['a raw word', (value: string) => `return 200 ${value};`],
    ['a comment', (value: string) => `# ${value}\nreturn 200 x;`],
  ])('%s', (_title, print) => {
    const meant = structure(read(print('benign')));
    const differs = [...atoms, '"; root /; #', 'x;root /', '\nroot /; '].filter((value) => {
      const parsed = parseNginx(print(value));
      return !parsed.ok || structure(parsed.directives).join() !== meant.join();
    });
    expect(differs.length).toBeGreaterThan(0);
  });
});
