// `npm run proof [requests] [seconds]`: compares many generated requests to a running gateway with what decide says, and
// many generated policies in the verifier's code with the reference.
import { spawnSync } from 'node:child_process';

const [requests = '100000', seconds = '1800'] = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/properties/agreement.test.ts', 'test/verifier/policies.test.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      GWC_AGREEMENT_RUNS: requests,
      GWC_AGREEMENT_SECONDS: seconds,
      GWC_POLICY_RUNS: '10000',
    },
  },
);
process.exitCode = status ?? 1;
