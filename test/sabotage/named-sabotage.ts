import type { Alteration } from '../support/running-gateway.ts';

/** One way to emit a broken gateway, and the case that must notice it. */
export interface NamedSabotage extends Alteration {
  readonly name: string;
  /** Name of a case of fixtures/behaviour/identity-cases. */
  readonly noticedBy: string;
}
