import { diagnostic, related } from '../../diagnostics/diagnostic.ts';
import { union } from '../combine.ts';
import { contradiction } from '../diagnostics.ts';
import { optional, record } from '../record.ts';
import { constant, oneOf } from '../scalars.ts';
import { subjectOf } from '../subject.ts';
import { queryName } from '../values/names.ts';
import { loginUrl } from '../values/url.ts';

export const trigger = oneOf(['never', 'browser', 'always']);

/** Where people are sent who have no credential. */
export const login = record(
  'login redirect',
  {
    when: optional(
      trigger,
      'Who is redirected instead of answered 401: nobody, people (page navigations), or everybody.',
      '`never`',
    ),
    url: optional(loginUrl, 'Where to log in.', 'the `authorizationUrl` of the security scheme'),
    returnParam: optional(
      union(queryName, constant(false, 'the name of a query parameter or false')),
      'The query parameter that carries the way back; `false` leaves it out.',
      '`return_to`',
    ),
  },
  {
    check: (block, node, report) => {
      const parameter = block.returnParam;
      const query = block.url?.value.query;
      if (parameter === undefined || parameter.value === false || query === undefined) return true;
      if (!query.split('&').some((pair) => pair.split('=')[0] === parameter.value)) return true;
      const facts = {
        problem: `${subjectOf(node.at)} has a url whose query already has the parameter "${parameter.value}"`,
        consequence: 'The login page could take either for the way back, so nothing is written.',
        fix: 'Choose another returnParam, or remove the parameter from the url.',
      };
      const options = { related: [related('The url.', block.url?.at ?? node.at)] };
      report(diagnostic(contradiction, parameter.at, facts, options));
      return false;
    },
  },
);
