import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';
import { isRecord, type JsonRecord } from '../stack/json.ts';
import type { Finding } from './finding.ts';

/** Values that the specification says in prose only (AWS SDK for JavaScript, client-api-gateway; Developer Guide). */
const prose: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::ApiGateway::Stage.CacheClusterSize', ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']],
  ['AWS::ApiGateway::Stage MethodSetting.LoggingLevel', ['OFF', 'ERROR', 'INFO']],
]);

/** Checks templates against the specification of CloudFormation's resources, whose reading takes seconds. */
export function startSpecification(): (template: JsonRecord) => readonly Finding[] {
  const db = loadAwsServiceSpecSync();
  return (template) => {
    const resources = isRecord(template['Resources']) ? template['Resources'] : {};
    return Object.entries(resources).flatMap(([logicalId, resource]) =>
      isRecord(resource)
        ? checkResource(resource, resources, db).map((message) => ({
            rule: 'spec',
            resource: logicalId,
            message,
          }))
        : [],
    );
  };
}

type Messages = readonly string[];

function checkResource(resource: JsonRecord, resources: JsonRecord, db: SpecDatabase): Messages {
  const type = String(resource['Type']);
  const spec = specOf(type, db);
  const members = spec === undefined ? [] : checkMembers(resource['Properties'] ?? {}, spec, type, type, db);
  const unknown = spec === undefined ? [`no resource type ${type}`] : [];
  return [...unknown, ...members, ...checkReferences(resource, resources, db)];
}

const specOf = (type: string, db: SpecDatabase): Resource | undefined =>
  db.lookup('resource', 'cloudFormationType', 'equals', type)[0];

/** `type`: the resource's. */
function checkMembers(
  value: unknown,
  spec: Resource | TypeDefinition,
  where: string,
  type: string,
  db: SpecDatabase,
): Messages {
  if (isFunction(value)) return [];
  if (!isRecord(value)) return [`${where} is no object`];
  const lacking = Object.entries(spec.properties)
    .filter(([name, { required }]) => required === true && value[name] === undefined)
    .map(([name]) => `${where} lacks ${name}`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const property = spec.properties[name];
    if (property === undefined) return [`${where} has no property ${name}`];
    return checkValue(member, property.type, `${where}.${name}`, type, db);
  });
  return [...lacking, ...members];
}

/** What an intrinsic function yields is not known here. */
function isFunction(value: unknown): boolean {
  const [name = '', ...more] = isRecord(value) ? Object.keys(value) : [];
  return more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function checkValue(
  value: unknown,
  expected: PropertyType,
  where: string,
  type: string,
  db: SpecDatabase,
): Messages {
  if (isFunction(value)) return [];
  const wrong = [`${where} is no ${expected.type}: ${JSON.stringify(value)}`];
  const each = (values: readonly unknown[], element: PropertyType): Messages =>
    values.flatMap((one) => checkValue(one, element, where, type, db));
  switch (expected.type) {
    case 'string': {
      if (!['string', 'number', 'boolean'].includes(typeof value)) return wrong;
      const allowed = expected.allowedValues ?? prose.get(where);
      return allowed === undefined || allowed.includes(String(value))
        ? []
        : [`${where} may not be ${String(value)}`];
    }
    case 'integer':
    case 'number':
      return String(value).trim() !== '' && Number.isFinite(Number(value)) ? [] : wrong;
    case 'boolean':
      return ['true', 'false'].includes(String(value)) ? [] : wrong;
    case 'array':
      return Array.isArray(value) ? each(value, expected.element) : wrong;
    case 'map':
      return isRecord(value) ? each(Object.values(value), expected.element) : wrong;
    case 'ref': {
      const definition = db.get('typeDefinition', expected.reference);
      return checkMembers(value, definition, `${type} ${definition.name}`, type, db);
    }
    default:
      return [];
  }
}

/** What `Fn::GetAtt` and `Fn::Sub` name must exist. */
function checkReferences(value: unknown, resources: JsonRecord, db: SpecDatabase): Messages {
  if (Array.isArray(value)) return value.flatMap((one) => checkReferences(one, resources, db));
  if (!isRecord(value)) return [];
  const got = value['Fn::GetAtt'];
  const text = Array.isArray(value['Fn::Sub']) ? value['Fn::Sub'][0] : value['Fn::Sub'];
  const substituted = String(text ?? '').matchAll(/\$\{([A-Za-z0-9]+)\.([A-Za-z0-9.]+)\}/g);
  return [
    ...(Array.isArray(got) ? attributeOf(String(got[0]), got.slice(1).join('.'), resources, db) : []),
    ...[...substituted].flatMap(([, id = '', name = '']) => attributeOf(id, name, resources, db)),
    ...Object.values(value).flatMap((one) => checkReferences(one, resources, db)),
  ];
}

function attributeOf(id: string, name: string, resources: JsonRecord, db: SpecDatabase): Messages {
  const resource = resources[id];
  if (!isRecord(resource)) return [`refers to ${id}, which is nowhere`];
  const type = String(resource['Type']);
  const spec = specOf(type, db);
  return spec === undefined || spec.attributes[name] !== undefined
    ? []
    : [`${type} has no attribute ${name}`];
}
