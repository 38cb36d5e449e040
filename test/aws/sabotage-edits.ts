import type { Artifact } from '../../src/targets/target.ts';
import type { NamedSabotage } from '../sabotage/named-sabotage.ts';

type Tree = Record<string, unknown>;
type Change = (tree: Tree) => void;

/** Changes a JSON file of the output in place. Throws when nothing changed. */
export function editing(file: string, change: Change): NonNullable<NamedSabotage['alter']> {
  return (artifacts: readonly Artifact[]) =>
    artifacts.map((artifact) => {
      if (artifact.path !== file) return artifact;
      const tree = JSON.parse(artifact.contents) as Tree;
      const before = JSON.stringify(tree);
      change(tree);
      if (JSON.stringify(tree) === before) throw new Error(`the sabotage of ${file} does not apply`);
      return { ...artifact, contents: JSON.stringify(tree) };
    });
}

/** What is at a path; throws where something is missing. */
export function at(tree: Tree, path: readonly string[]): Tree {
  return path.reduce<Tree>((holder, name) => {
    const next = holder[name];
    if (typeof next !== 'object' || next === null) throw new Error(`nothing is at ${path.join(' ')}`);
    return next as Tree;
  }, tree);
}

/** Sets the member at a path; `undefined` takes it away. */
function put(path: readonly string[], value: unknown): Change {
  return (tree) => {
    const holder = at(tree, path.slice(0, -1));
    const last = path.at(-1) ?? '';
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  };
}

export const body = (path: readonly string[], value: unknown) => editing('openapi.json', put(path, value));
export const method = (template: string, verb: string): readonly string[] => ['paths', template, verb];
export const integration = (template: string, verb: string): readonly string[] => [
  ...method(template, verb),
  'x-amazon-apigateway-integration',
];
export const header = (template: string, name: string, value: unknown) =>
  body([...integration(template, 'get'), 'requestParameters', `integration.request.header.${name}`], value);
export const response = (type: string, path: readonly string[], value: unknown) =>
  body(['x-amazon-apigateway-gateway-responses', type, ...path], value);
export const resource = (id: string, path: readonly string[], value: unknown) =>
  editing('template.json', put(['Resources', id, ...path], value));

/** The keys of kept decisions without one of their sources. */
export const withoutSource = (source: string) =>
  editing('openapi.json', (tree) => {
    for (const scheme of Object.values(at(tree, ['components', 'securitySchemes']))) {
      const authorizer = at(scheme as Tree, ['x-amazon-apigateway-authorizer']);
      const { identitySource } = authorizer;
      if (typeof identitySource === 'string')
        authorizer['identitySource'] = identitySource.replace(`, ${source}`, '');
    }
  });

/** The web ACL with a rule that only counts. */
export const counting = (name: string) =>
  editing('template.json', (tree) => {
    for (const rule of Object.values(at(tree, ['Resources', 'WebAcl', 'Properties', 'Rules'])) as Tree[])
      if (rule['Name'] === name) rule['Action'] = { Count: {} };
  });

/** One file of text changed. Throws when nothing changed. */
export const code = (search: string, by: string): NonNullable<NamedSabotage['alter']> => {
  return (artifacts) => {
    const changed = artifacts.map((one) =>
      one.path === 'authorizer/index.js' ? { ...one, contents: one.contents.replace(search, by) } : one,
    );
    if (changed.every((one, at) => one.contents === artifacts[at]?.contents))
      throw new Error(`the authorizer has no ${search}`);
    return changed;
  };
};
