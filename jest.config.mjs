/**
 * Three kinds of test, chosen by file name (docs/development.md): `*.spec.ts` needs nothing, `*.int-spec.ts` a database or another real server,
 * `*.e2e-spec.ts` the built server. Run through `npm test`, or for a few files
 * `NODE_OPTIONS=--experimental-vm-modules npx jest <path>`.
 */
const shared = {
  rootDir: import.meta.dirname,
  roots: ['libs', 'adapters', 'apps', 'test'].map((room) => `<rootDir>/${room}`),
  testEnvironment: 'node',
  // Rooms are read from their sources, so that a test never runs against a stale build.
  testEnvironmentOptions: { customExportConditions: ['@loket/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic' },
          },
        },
      },
    ],
  },
  // our own specifiers end in .js as they will once built; packages resolve by themselves
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // its modules import JSON in a way that Jest complains about once for each
    '^libphonenumber-js(/min)?$': '<rootDir>/node_modules/libphonenumber-js$1/index.cjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
};
/** Journeys that watch the clock, kill processes or take all the power that there is: one at a time. */
const alone = [
  'console-load',
  'console-weight',
  'demo',
  'faults',
  'kill9',
  'live-recovery',
  'restart',
  'routing',
  'webchat-kill9',
  'webchat-load',
  'whatsapp-webhook',
];
const database = {
  globalSetup: '<rootDir>/tools/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/jest/global-teardown.mjs',
};

export default {
  // generous: a slow machine is not a defect, and a test that hangs still ends
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/tools/jest/progress-reporter.mjs'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/*.spec.{ts,tsx}'] },
    { ...shared, ...database, displayName: 'integration', testMatch: ['**/*.int-spec.ts'] },
    {
      ...shared,
      ...database,
      displayName: 'journey',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      testPathIgnorePatterns: [`/test/(${alone.join('|')})\\.e2e-spec\\.ts$`],
    },
    {
      ...shared,
      ...database,
      displayName: 'load',
      testMatch: alone.map((name) => `<rootDir>/test/${name}.e2e-spec.ts`),
    },
  ],
};
