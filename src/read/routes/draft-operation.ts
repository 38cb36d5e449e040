import type { Method, OperationFeatures, Waiver } from '../../model/gateway.ts';
import type { Origin } from '../../model/origin.ts';
import type { PathTemplate } from '../path/path-template.ts';
import type { FrontDoor } from '../servers/front-door.ts';

/** An operation with everything that is effective for it, before it is placed among its gateway's routes. */
export interface DraftOperation {
  /** The operationId, or method and template; made unique when operations are placed. */
  readonly id: string;
  readonly method: Method;
  readonly at: Origin;
  readonly features: OperationFeatures;
  readonly waivers: readonly Waiver[];
  /** The key under `paths` as written. */
  readonly template: string;
  readonly templateAt: Origin;
  readonly path: PathTemplate;
  readonly doors: readonly FrontDoor[];
}

/** One operation below one base path of one host. */
export interface PlacedOperation {
  readonly draft: DraftOperation;
  readonly door: FrontDoor;
}
