/**
 * What is lost of a schema on its way to a model of API Gateway. `weakened`: the model accepts what the document
 * forbids, never the other way round. `dropped-annotation`: accepts the same; something that may have been meant as a
 * check is none. `refused`: there is no model, or none that ends.
 */
export interface SchemaFinding {
  readonly kind: 'weakened' | 'dropped-annotation' | 'refused';
  /** The named schema it is in; `undefined` where it is in the body itself. */
  readonly schema: string | undefined;
  readonly keyword: string;
  /** JSON pointer of the keyword from the root of that schema. */
  readonly pointer: string;
  readonly reason: string;
  readonly instead: string | undefined;
}
