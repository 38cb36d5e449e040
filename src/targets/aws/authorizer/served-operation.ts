import type { Host, Method, Operation } from '../../../model/gateway.ts';
import type { Segment } from '../../../model/path.ts';

/** An operation where API Gateway serves it. */
export interface ServedOperation {
  readonly operation: Operation;
  /** Of the whole route, base path included. */
  readonly segments: readonly Segment[];
  /**
   * The resource in API Gateway, `/v1/users/{p1}` or `/files/{rest+}`. Its segments are the last ones of the route: what a
   * domain's mapping takes away is missing in front.
   */
  readonly resourcePath: string;
  /** Methods of that resource that the operation serves: HEAD beside GET. */
  readonly methods: readonly Method[];
  /** Names under which browsers know the site. */
  readonly hosts: readonly Host[];
}
