import { suggest } from '../../diagnostics/suggest.ts';
import type { LogField } from '../../model/observation.ts';
import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';

const logFields = [
  'time',
  'method',
  'route',
  'status',
  'latency',
  'subject',
  'consumer',
  'request_id',
  'client',
  'host',
  'path',
  'user_agent',
  'referer',
  'bytes_in',
  'bytes_out',
  'upstream',
  'upstream_status',
  'upstream_latency',
  'tls',
  'reason',
  'client_request_id',
] as const;

const HEADER = 'header\\.[A-Za-z0-9][A-Za-z0-9-]{0,127}';
const QUERY = 'query\\.[A-Za-z0-9_][A-Za-z0-9_.~:\\[\\]-]{0,127}';

/** Header names are compared without case, names of query parameters with. */
function lowerHeader(value: string): string {
  return value.startsWith('header.') ? value.toLowerCase() : value;
}

/** A field of a log line: a fixed word, `header.<name>` or `query.<name>`. */
export const logField: Shape<LogField> = text({
  label: 'log field',
  pattern: `[a-z_]{1,64}|${HEADER}|${QUERY}`,
  allows: `${logFields.join(', ')}, header.<name> or query.<name>`,
  example: 'status',
  parse: (value): Parsed<LogField> => {
    if (value.includes('.') || logFields.some((known) => known === value))
      return { value: lowerHeader(value) };
    const near = suggest(value, logFields);
    const fix = near === undefined ? {} : { fix: `Did you mean "${near}"?` };
    return { problem: 'is not a log field', ...fix };
  },
});

/** What never appears in a log: `header.<name>` (lower case) or `query.<name>`. */
export const redaction: Shape<string> = text({
  label: '`header.<name>` or `query.<name>`',
  pattern: `${HEADER}|${QUERY}`,
  allows: 'header.<name> or query.<name>',
  example: 'query.token',
  parse: (value) => ({ value: lowerHeader(value) }),
});
