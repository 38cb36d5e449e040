import { labelled, mapped } from '../combine.ts';
import { record, required } from '../record.ts';
import type { Shape } from '../shape.ts';
import { name } from './names.ts';

/** `{secret: name}`, read to the name: the only way to mention a secret. A literal in its place does not validate. */
export const secretReference: Shape<string> = labelled(
  '{secret: name}',
  mapped(
    record('reference to a secret ({secret: name})', {
      secret: required(name, 'A name of `secrets`.'),
    }),
    (reference) => reference.secret.value,
  ),
);
