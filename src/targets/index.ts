import { aws } from './aws/index.ts';
import { known } from './compile.ts';
import { nginx } from './nginx/index.ts';

/** Every target, in the order in which they are built and listed. */
export const targets = [known(nginx), known(aws)];
