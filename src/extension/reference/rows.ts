import type { FieldForm, Form, Shape } from '../shape.ts';

/** One field of the language with its whole path: `backends.<name>.tls.verify`. */
export interface Row {
  readonly path: string;
  readonly field: FieldForm;
}

/** Every field below a shape, parents before children, in the order of declaration. */
export function rowsOf(shape: Shape<unknown>, path: string): readonly Row[] {
  const { form } = shape;
  switch (form.kind) {
    case 'scalar':
      return [];
    case 'list':
      return rowsOf(form.item, `${path}[]`);
    case 'map':
      return rowsOf(form.value, `${path}.<${form.key}>`);
    case 'record':
      return rowsOfRecord(form, path);
  }
}

function rowsOfRecord(form: Extract<Form, { kind: 'record' }>, path: string): readonly Row[] {
  return Object.entries(form.fields).flatMap(([name, field]) => {
    const whole = path === '' ? name : `${path}.${name}`;
    return [{ path: whole, field }, ...rowsOf(field.shape, whole)];
  });
}

/** Fields of the language below a shape that this version does not have, with their whole paths. */
export function laterOf(shape: Shape<unknown>, path: string): readonly string[] {
  const { form } = shape;
  switch (form.kind) {
    case 'scalar':
      return [];
    case 'list':
      return laterOf(form.item, `${path}[]`);
    case 'map':
      return laterOf(form.value, `${path}.<${form.key}>`);
    case 'record': {
      const below = (name: string) => (path === '' ? name : `${path}.${name}`);
      return [
        ...form.later.map(below),
        ...Object.entries(form.fields).flatMap(([name, field]) => laterOf(field.shape, below(name))),
      ];
    }
  }
}

export interface WrittenValue {
  readonly label: string;
  readonly allows: string;
  readonly example: string;
}

/** How the texts below a shape are written, each once. */
export function writtenValuesOf(shape: Shape<unknown>): readonly WrittenValue[] {
  const { form, label } = shape;
  switch (form.kind) {
    case 'scalar':
      return form.written === undefined ? [] : [{ label, ...form.written }];
    case 'list':
      return writtenValuesOf(form.item);
    case 'map':
      return writtenValuesOf(form.value);
    case 'record':
      return Object.values(form.fields).flatMap((field) => writtenValuesOf(field.shape));
  }
}
