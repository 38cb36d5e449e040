import type {
  ApiDocument,
  OperationItem,
  PathItem,
  SecurityRequirement,
  SecurityScheme,
} from '../../openapi/document.ts';

/** One operation as comments name it. */
export interface ListedOperation {
  readonly path: PathItem;
  readonly operation: OperationItem;
}

/** What a person must decide about who may call what; the document leaves it open, or opens something. */
interface Decisions {
  /** Neither the operation nor the root has `security`. */
  readonly undecided: readonly ListedOperation[];
  /** Own `security: []` and a method that changes something: needs a reason. */
  readonly publicUnsafe: readonly ListedOperation[];
  /** Own `security: []` and a safe method: public as it stands. */
  readonly publicSafe: readonly ListedOperation[];
  /** `security: []` at the root, which these inherit. */
  readonly publicByRoot: readonly ListedOperation[];
  /** `{}` among their own alternatives. */
  readonly optional: readonly ListedOperation[];
  /** `{}` among the alternatives of the root, which these inherit. */
  readonly optionalByRoot: readonly ListedOperation[];
}

/** What can be derived from a document. */
export interface Survey {
  readonly api: ApiDocument;
  /** Declared schemes that some operation uses, in the order of the document. */
  readonly schemes: readonly SecurityScheme[];
  /** Names of declared schemes that no operation uses. */
  readonly unused: readonly string[];
  readonly decisions: Decisions;
  readonly operations: number;
  /** `x-gateway` stands on a path or an operation. */
  readonly hasFacets: boolean;
}

/** GET, HEAD and OPTIONS change nothing (RFC 9110 §9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function surveyDocument(api: ApiDocument): Survey {
  const listed = api.paths.flatMap((path) => path.operations.map((operation) => ({ path, operation })));
  const used = new Set(
    listed.flatMap(
      ({ operation }) =>
        (operation.security ?? api.security)?.value.flatMap(({ schemes }) =>
          schemes.map(({ name }) => name),
        ) ?? [],
    ),
  );
  const declared = [...api.schemes.values()];
  return {
    api,
    schemes: declared.filter(({ name }) => used.has(name)),
    unused: declared.map(({ name }) => name).filter((name) => !used.has(name)),
    decisions: decisionsOf(api, listed),
    operations: listed.length,
    hasFacets: listed.some(({ path, operation }) => (operation.gateway ?? path.gateway) !== undefined),
  };
}

function decisionsOf(api: ApiDocument, listed: readonly ListedOperation[]): Decisions {
  const own = listed.filter(({ operation }) => operation.security !== undefined);
  const inheriting = listed.filter(({ operation }) => operation.security === undefined);
  const open = own.filter(({ operation }) => operation.security?.value.length === 0);
  const isSafe = ({ operation }: ListedOperation): boolean => SAFE.has(operation.method);
  const none: readonly ListedOperation[] = [];
  return {
    undecided: api.security === undefined ? inheriting : none,
    publicUnsafe: open.filter((one) => !isSafe(one)),
    publicSafe: open.filter(isSafe),
    publicByRoot: api.security?.value.length === 0 ? inheriting : none,
    optional: own.filter(({ operation }) => isOptional(operation.security?.value ?? [])),
    optionalByRoot: isOptional(api.security?.value ?? []) ? inheriting : none,
  };
}

function isOptional(alternatives: readonly SecurityRequirement[]): boolean {
  return alternatives.some(({ schemes }) => schemes.length === 0);
}
