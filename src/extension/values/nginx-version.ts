import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';

const OLDEST = 22;
const NEWEST = 31;

/** `major.minor` of the nginx that will run the configuration; older ones are out of support, newer ones are unknown. */
export const nginxVersion: Shape<string> = text({
  label: 'nginx version',
  pattern: '1\\.[0-9]{1,3}',
  allows: `'1.${OLDEST}' to '1.${NEWEST}', major and minor only, in quotes`,
  example: '1.22',
  parse: (value): Parsed<string> => {
    const minor = Number(value.slice(2));
    if (String(minor) === value.slice(2) && minor >= OLDEST && minor <= NEWEST) return { value };
    return { problem: `is not a version from 1.${OLDEST} to 1.${NEWEST}` };
  },
});
