import type { Gateway } from '../../src/model/gateway.ts';
import type { AwsPlan, PlannedApi } from '../../src/targets/aws/plan.ts';
import { gateway } from '../support/model.ts';

/** One API for each site of a model; GET brings HEAD. */
export const plan = (changes: Partial<Gateway> = {}): AwsPlan => {
  const model = gateway(changes);
  return { gateway: model, stageName: 'live', apis: model.sites.map((_, index) => plannedApi(model, index)) };
};

const plannedApi = (model: Gateway, index: number): PlannedApi => {
  const suffix = index === 0 ? '' : `${index + 1}`;
  const { hosts = [], routes = [] } = model.sites[index] ?? {};
  return {
    suffix,
    hosts,
    mappingKey: undefined,
    operations: routes.flatMap(({ template, operations }) =>
      operations.map((operation) => ({
        operation,
        resourcePath: template,
        methods: operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method],
      })),
    ),
    deploymentId: `Deployment${suffix}0123456789`,
  };
};
