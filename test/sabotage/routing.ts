import { edit, editFile, inTurn, type Sabotage } from './sabotage.ts';

const paths = /^conf\/paths\.conf$/;
const routes = /^conf\/routes-0\.conf$/;
const operations = /^conf\/operations-0-public\.conf$/;

/** Emitters that send a request to the wrong route, or let a target through that is not canonical. */
export const routingSabotages: readonly Sabotage[] = [
  {
    name: 'a location of a method is a prefix',
    rows: ['M5'],
    alter: edit(operations, /location = ("[^"]*gw\/)/, (_, path) => `location ${path}`),
  },
  {
    name: 'keys of maps match in any case',
    rows: ['P6'],
    alter: edit(routes, /\\\\k<gw_key>/g, '(?i:\\\\k<gw_key>)'),
  },
  {
    name: 'a parameter before a literal',
    rows: ['N1', 'N2'],
    alter: editFile(routes, swapped('v1-users-me-', 'v1-users-id-')),
  },
  {
    name: 'a parameter before a mixed segment',
    rows: ['N2'],
    alter: editFile(routes, swapped('v1-files-name-json-', 'v1-files-name-')),
  },
  {
    name: 'less literal text first',
    rows: ['N2'],
    alter: editFile(routes, swapped('v1-files-name-min-json-', 'v1-files-name-json-')),
  },
  {
    name: 'the rightmost literal decides',
    rows: ['N3'],
    alter: editFile(routes, swapped('v1-tie-b-y-', 'v1-tie-x-c-')),
  },
  {
    name: 'greedy before specific',
    rows: ['N5'],
    alter: editFile(routes, swapped('v1-rest-known-leaf-', 'v1-rest-path-')),
  },
  {
    name: 'what is not found falls to the route of a prefix',
    rows: ['N4'],
    alter: edit(
      routes,
      /(map "[^"]*\$\{gw_k0_9\}" \$gw_r0_2 \{\s*default) "";/,
      (_, head) => `${head} "\${gw_r0_0}";`,
    ),
  },
  {
    name: 'a trailing slash does not count',
    rows: ['P7'],
    alter: edit(routes, /("\/\/\.\/") "[^"]*";/, (_, key) => `${key} "\${gw_r0_0}";`),
  },
  {
    name: 'HEAD is a method without guards',
    rows: ['M3'],
    alter: inTurn(edit(routes, 'default GET;', 'default HEAD;'), editFile(operations, unguardedHead)),
  },
  {
    name: 'no list of allowed methods',
    rows: ['M1'],
    alter: edit(operations, /add_header Allow [^;]*;/, ''),
  },
  {
    name: 'a wrong method is not found',
    rows: ['M1'],
    alter: edit(operations, 'return 405;', 'return 404;'),
  },
  {
    name: 'dot segments pass',
    rows: ['P2'],
    alter: edit(paths, /\(\?!\\\\x2e\(\?:\\\\x2e\)\?\(\?:[^()]*\)\)/g, ''),
  },
  {
    name: 'malformed UTF-8 passes',
    rows: ['P15'],
    alter: edit(
      paths,
      /\\\\x25\(\?:\[Cc\]\[2-9A-Fa-f\]\|/g,
      (found) => `\\\\x25[89A-Fa-f][0-9A-Fa-f]|${found}`,
    ),
  },
  {
    name: 'a needless encoding passes',
    rows: ['P4'],
    alter: edit(paths, '[46]0', '[46][0-9A-Fa-f]'),
  },
  {
    name: 'an encoded percent sign passes',
    rows: ['P5'],
    alter: edit(paths, '2[0-46-9A-Ca-c]', '2[0-9A-Ca-c]'),
  },
  {
    name: 'an encoded slash passes everywhere',
    rows: ['P1'],
    alter: edit(paths, '2[0-46-9A-Ca-c]', '2[0-46-9A-Ca-cFf]'),
  },
  {
    name: 'control bytes pass',
    rows: ['P10'],
    alter: edit(paths, '\\\\x25(?:2[', '\\\\x25(?:[01][0-9A-Fa-f]|2['),
  },
  {
    name: 'empty segments pass',
    rows: ['P3', 'N7'],
    alter: inTurn(
      edit(paths, '(?<gw_path>(?:/', '(?<gw_path>(?:/++'),
      edit(paths, '(?<gw_t2>/)', '(?:/(?=/))*+(?<gw_t2>/)'),
      edit(paths, '"~\\\\A(?:/(?!', '"~\\\\A(?:/++(?!'),
    ),
  },
  {
    name: 'an operation takes the characters of another one',
    rows: ['P1', 'P8'],
    alter: edit(operations, 'if ($gw_canonical = "")', 'if ($gw_canonical_0 = "")'),
  },
  {
    name: 'the absolute form may contradict the host header',
    rows: ['P13'],
    alter: edit(paths, '\\\\x0a(?i:\\\\k<gw_authority>)', '\\\\x0a[^\\\\x0a]*'),
  },
  {
    name: 'a fragment is forgotten',
    rows: ['P12'],
    alter: edit(paths, '[\\\\x21\\\\x24-\\\\x3b', '[\\\\x21\\\\x23\\\\x24-\\\\x3b'),
  },
  {
    name: 'the back end gets a normalized target',
    rows: ['P17', 'P18', 'N1'],
    alter: inTurn(
      edit(
        /^conf\/front-0\.conf$/,
        /(include "?conf\/operations)/,
        (_, next) => `set $sabotage $uri;\n  ${next}`,
      ),
      edit(/^conf\/front-0\.conf$/, '/${gw_rest_1}', '${sabotage}'),
    ),
  },
  {
    name: 'the query is lost',
    rows: ['P18'],
    alter: edit(/^conf\/front-0\.conf$/, '${gw_query}', ''),
  },
  {
    name: 'the base path of a back end is lost',
    rows: ['N1', 'N2'],
    alter: edit(/^conf\/front-0\.conf$/, 'gw_backend_other/base', 'gw_backend_other'),
  },
  {
    name: 'one back end for all',
    rows: ['N1', 'N2'],
    alter: edit(/^conf\/front-0\.conf$/, 'gw_backend_other', 'gw_backend_main'),
  },
];

/**
 * The attempt that finds the first route made only after the one that finds the second, as a compiler that got
 * precedence wrong would have them. Each attempt is a map whose default is the next one.
 */
function swapped(first: string, second: string): (text: string) => string {
  return (text) => {
    const early = attemptFor(first, text);
    const late = attemptFor(second, text);
    let before = early;
    while (nextOf(before, text) !== late) before = nextOf(before, text);
    const withoutLate = withNext(before, nextOf(late, text), text);
    return withNext(late, early, withoutLate.replaceAll(`"\${${early}}"`, `"\${${late}}"`));
  };
}

/** The name of the variable that holds what the table with a route's id finds. */
function attemptFor(route: string, text: string): string {
  const table = new RegExp(`map "[^"]*" \\$(\\w+) \\{[^}]*(?: |\\$\\{)${route}[0-9a-f]{10}[ "\\\\]`).exec(
    text,
  )?.[1];
  const attempt = new RegExp(`map "[^"]*\\$\\{${table}\\}" \\$(\\w+) \\{`).exec(text)?.[1];
  if (attempt === undefined) throw new Error(`no attempt finds ${route}`);
  return attempt;
}

function nextOf(attempt: string, text: string): string {
  const next = new RegExp(`\\$${attempt} \\{\\s*default "(?:\\$\\{(\\w+)\\})?";`).exec(text);
  if (next === null) throw new Error(`no attempt ${attempt}`);
  return next[1] ?? '';
}

function withNext(attempt: string, next: string, text: string): string {
  return text.replace(
    new RegExp(`(\\$${attempt} \\{\\s*default) "[^"]*";`),
    (_, head) => `${head} "${next === '' ? '' : `\${${next}}`}";`,
  );
}

/** A location for HEAD beside each one for GET, without what guards it. */
function unguardedHead(text: string): string {
  return text.replaceAll(/location = "[^"]*\/GET" \{.*?\n\}/gs, (location) => {
    const head = location.replace('/GET"', '/HEAD"').replace(/auth_request [^;]*;/, '');
    return `${location}\n${head}`;
  });
}
