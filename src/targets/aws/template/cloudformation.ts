/**
 * A CloudFormation template as a typed tree (AWS CloudFormation User Guide, "Template anatomy"). Types of resources and
 * their properties are checked against the published specification in tests.
 */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Parameters?: { readonly [name: string]: Parameter };
  readonly Conditions?: { readonly [name: string]: Json };
  readonly Resources: { readonly [logicalId: string]: Resource };
  readonly Outputs?: { readonly [name: string]: Output };
}

export interface Parameter {
  readonly Type: 'String' | 'Number' | 'CommaDelimitedList' | (string & {});
  readonly Description: string;
  readonly Default?: string;
  readonly AllowedValues?: readonly string[];
  readonly AllowedPattern?: string;
  readonly NoEcho?: true;
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Retain' | 'Delete';
  readonly UpdateReplacePolicy?: 'Retain' | 'Delete';
  readonly Properties: { readonly [name: string]: Json | undefined };
}

interface Output {
  readonly Description: string;
  readonly Value: Json;
  readonly Condition?: string;
}

/** A property of a template: JSON with intrinsic functions as objects of one member. `undefined` members are left out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** A parameter's value or a resource's physical id. */
export const ref = (logicalId: string): Json => ({ Ref: logicalId });

export const getAtt = (logicalId: string, attribute: string): Json => ({
  'Fn::GetAtt': [logicalId, attribute],
});

/**
 * Text with `${Name}` and `${Name.Attribute}`. The text is written by gwc; what comes from a document goes through
 * `literal`, so that it cannot refer to anything.
 */
export const sub = (text: string): Json => ({ 'Fn::Sub': text });

/** Text of a document inside `sub`: `${x}` becomes `${!x}`, which CloudFormation prints as `${x}`. */
export const literal = (text: string): string => text.replaceAll('${', '${!');

export const join = (separator: string, parts: readonly Json[]): Json => ({ 'Fn::Join': [separator, parts] });

export const ifElse = (condition: string, then: Json, otherwise: Json): Json => ({
  'Fn::If': [condition, then, otherwise],
});

/** The pseudo parameter that takes a property away. */
export const noValue: Json = { Ref: 'AWS::NoValue' };
