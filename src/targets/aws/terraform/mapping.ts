import type { Json, Resource } from '../template/cloudformation.ts';
import type { Arguments, Block } from './configuration.ts';
import type { Rules } from './rules.ts';
import type { Scope } from './scope.ts';

/** A resource of a template on its way into a configuration. */
export interface Place {
  readonly scope: Scope;
  readonly logicalId: string;
  readonly resource: Resource;
  /** Name in the configuration. */
  readonly name: string;
  /** A property of the resource. */
  readonly property: (name: string) => Json | undefined;
}

/** How resources of one type of CloudFormation are written with the provider of AWS. */
export interface Mapping {
  readonly type: string;
  /** Every property that the target may emit: an unknown one is an error, never dropped. */
  readonly properties: Rules;
  /** Arguments without a property: what CloudFormation does by itself or chooses. */
  readonly fixed?: (place: Place) => Arguments;
  /** What `Ref` and attributes are called; of another resource with the same name where `type` is given. */
  readonly attributes?: {
    readonly [attribute: string]: string | { readonly type: string; readonly attribute: string };
  };
  /** A replacement is made before what it replaces goes: for what others name. */
  readonly createFirst?: true;
  /** One resource of CloudFormation may be several of the provider. */
  readonly beside?: (place: Place) => readonly Block[];
  /** Name in the configuration where it is not the logical id. */
  readonly nameOf?: (logicalId: string) => string;
}
