import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Several suites start servers; two at a time keep them apart from each other's load.
    maxWorkers: 2,
  },
  define: { GWC_VERSION: JSON.stringify('0.0.0-test') },
});
