import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';

/** Handlebars without its compiler. The package declares no types for its runtime entry; they are those of the whole. */
export const handlebars = runtime as unknown as Pick<typeof Handlebars, 'create' | 'SafeString'>;
