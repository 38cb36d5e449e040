import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import type { Entry } from './draft-entry.ts';
import type { Survey } from './survey.ts';
import { pathText } from './yaml-text.ts';

/** What an import knows besides a survey: the draft says it in place of blanks. */
export interface Imported {
  /** The document as it is with the actions applied. */
  readonly survey: Survey;
  /** Entries of `backends`; empty where nothing names one. */
  readonly backends: readonly Entry[];
  /** Fields of an authenticator, for schemes that the import knows more about than their type. */
  readonly authenticatorOf: (scheme: SecurityScheme) => readonly Entry[] | undefined;
  readonly defaults: readonly Entry[];
  /** Further fields of the root block. */
  readonly root: readonly Entry[];
  /** Changes of the document below the root. */
  readonly actions: readonly Action[];
  /** Lines above them. */
  readonly aboutActions: readonly string[];
  /** Lines about decisions that the document leaves to a person, without `#`. */
  readonly decisions: readonly (readonly string[])[];
  /** Lines about everything else that was found, without `#`. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One change of a place of the document. */
export interface Action {
  readonly at: Origin;
  /** How comments name the place. */
  readonly title: string;
  /** Above the action. */
  readonly why: readonly string[];
  /** A list goes away before the update, which would otherwise append to it. */
  readonly removes: Origin | undefined;
  /** Fields of the place itself. */
  readonly update: readonly Entry[];
}

/** Longest JSONPath that an overlay is read with, without the quotes around it. */
const LONGEST_PATH = 4000;

/** Whether an overlay of a file can select a place: one of another file, or one with a huge name, it cannot. */
export function isReached({ at, removes }: Action, file: string): boolean {
  const pointer = removes?.pointer ?? at.pointer;
  return at.file === file && pathText(pointer).length <= LONGEST_PATH;
}
