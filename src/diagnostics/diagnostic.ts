import type { Origin } from '../model/origin.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Which end of a property a finding is about: its name or its value. */
export type Side = 'key' | 'value';

/** A place in a file that has no parseable structure yet (a syntax error): 1-based line and column. */
export interface TextPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Place = (Origin & { readonly side: Side }) | TextPlace | { readonly file: string };

export interface Related {
  readonly message: string;
  readonly at: Place;
}

/** An expected failure: what is wrong, where, what follows from it, and what to write instead. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence, present tense, with the offending value quoted. */
  readonly message: string;
  /** What happens, or would happen, to the gateway. */
  readonly consequence: string;
  /** What to write instead. */
  readonly fix: string;
  readonly at: Place | undefined;
  readonly related: readonly Related[];
  readonly target: string | undefined;
  /** The place may hold a secret: its text is not shown. */
  readonly confidential?: true;
}

/** One declared kind of diagnostic: the only way to make one, so that every message can be listed and tested. */
export interface DiagnosticKind<Facts> {
  readonly code: string;
  readonly severity: Severity;
  /** One line for the reference and `gwc explain CODE`. */
  readonly title: string;
  readonly message: (facts: Facts) => string;
  readonly consequence: string | ((facts: Facts) => string);
  readonly fix: string | ((facts: Facts) => string);
}

/** Declares a kind. `Facts` types the values that a message needs. */
export function diagnosticKind<Facts = Record<never, never>>(
  kind: DiagnosticKind<Facts>,
): DiagnosticKind<Facts> {
  return kind;
}

export interface DiagnosticOptions {
  readonly side?: Side;
  readonly related?: readonly Related[];
  readonly target?: string;
  /** Only where one kind has several severities, for instance a structure error outside what a gateway reads. */
  readonly severity?: Severity;
}

/** Makes a diagnostic at a place in a document; `side` defaults to the value. */
export function diagnostic<Facts>(
  kind: DiagnosticKind<Facts>,
  at: Origin | TextPlace | { readonly file: string } | undefined,
  facts: Facts,
  options: DiagnosticOptions = {},
): Diagnostic {
  const place: Place | undefined =
    at !== undefined && 'pointer' in at
      ? { file: at.file, pointer: at.pointer, side: options.side ?? 'value' }
      : at;
  return {
    code: kind.code,
    severity: options.severity ?? kind.severity,
    message: kind.message(facts),
    consequence: typeof kind.consequence === 'string' ? kind.consequence : kind.consequence(facts),
    fix: typeof kind.fix === 'string' ? kind.fix : kind.fix(facts),
    at: place,
    related: options.related ?? [],
    target: options.target,
  };
}

/** A related place. */
export function related(message: string, at: Origin, side: Side = 'value'): Related {
  return { message, at: { file: at.file, pointer: at.pointer, side } };
}

export type Report = (found: Diagnostic) => void;

export function hasErrors(found: readonly Diagnostic[]): boolean {
  return found.some((one) => one.severity === 'error');
}
