import type { Json } from '../template/cloudformation.ts';

/** Arguments and nested blocks of a resource, in Terraform's JSON syntax ("JSON Configuration Syntax"). */
export type Arguments = { readonly [name: string]: Json | undefined };

/** Type, name, arguments. */
type Blocks = { readonly [type: string]: { readonly [name: string]: Arguments } };

/** One file of a configuration; files of a folder are one configuration together. */
export interface Configuration {
  readonly terraform?: Arguments;
  readonly variable?: { readonly [name: string]: Arguments };
  readonly locals?: { readonly [name: string]: Json };
  readonly data?: Blocks;
  readonly resource?: Blocks;
  readonly output?: { readonly [name: string]: Arguments };
}

/** A resource or a data source. */
export interface Block {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  readonly arguments: Arguments;
}
