import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';

/** What the njs module says that it is: `major.minor.patch`. */
export const njsVersion: Shape<string> = text({
  label: 'njs version',
  pattern: '[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}',
  allows: 'three numbers, from 0.7.9 on, in quotes',
  example: '0.9.7',
  parse: (value): Parsed<string> => {
    const numbers = value.split('.').map(Number);
    if (numbers.join('.') !== value) return { problem: 'has a number with a leading zero' };
    const [major = 0, minor = 0, patch = 0] = numbers;
    const known = major > 0 || minor > 7 || (minor === 7 && patch >= 9);
    return known ? { value } : { problem: 'is older than 0.7.9' };
  },
});
