import type { Documents } from '../source/documents.ts';
import type { ApiDocument } from './document.ts';
import { recogniseVersion } from './version.ts';

/** A mistake in the structure, as the generated checks report it. */
export interface StructureError {
  /** RFC 6901 pointer below the checked value. */
  readonly instancePath: string;
  /** `<definition>#/<keywords>`. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** Where a name is wrong instead of a value. */
  readonly propertyName?: string;
}

/** `complete` is false when the check stopped because there were too many mistakes. */
type Check = (value: unknown) => {
  readonly errors: readonly StructureError[];
  readonly complete: boolean;
};

/** What can be checked on its own, because a gateway meets it behind a reference. */
export type Part = 'document' | 'pathItem' | 'operation' | 'parameter' | 'securityScheme';

/** The structure of one OpenAPI version. */
export type Validator = { readonly [P in Part]: Check } & {
  /** Known fields of each object, by the place of its definition. */
  readonly fields: { readonly [definition: string]: readonly string[] };
};

export type Validators = ReadonlyMap<ApiDocument['openapi'], Validator>;

/** Loads the checks for the versions that occur among the root documents, and no others. */
export async function loadValidators(documents: Documents): Promise<Validators> {
  const loaded = new Map<ApiDocument['openapi'], Validator>();
  for (const root of documents.roots) {
    const found = recogniseVersion(root);
    if (found.kind === 'openapi' && !loaded.has(found.version)) {
      loaded.set(found.version, await loadValidator(found.version));
    }
  }
  return loaded;
}

function loadValidator(version: ApiDocument['openapi']): Promise<Validator> {
  switch (version) {
    case '2.0':
      return import('../generated/validate-2.0.js');
    case '3.0':
      return import('../generated/validate-3.0.js');
    case '3.1':
      return import('../generated/validate-3.1.js');
    case '3.2':
      return import('../generated/validate-3.2.js');
  }
}
