import { nginx } from './nginx/index.ts';

/** Every target, in the order in which they are built and listed. */
export const targets = [nginx] as const;
