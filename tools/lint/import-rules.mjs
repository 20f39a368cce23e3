/**
 * Who may import whom (DESIGN §2), for dependency-cruiser. Each rule is proven by test/import-rules.spec.ts.
 * Type-only circles are let through: entities name each other's types.
 */
const test = String.raw`\.(spec|int-spec|e2e-spec)\.tsx?$`;
const rooms = '^(libs|adapters|apps)/';
/** production code of a room, by its path below the repository */
const code = (room) => ({ path: `^${room}/`, pathNot: test });

/** `room` may import from itself, the listed rooms and packages, and from nothing else of ours. */
const only = (name, room, allowed, because) => ({
  name,
  severity: 'error',
  comment: because,
  from: code(room),
  to: { path: `${rooms}|^test/|^tools/`, pathNot: [`^${room}/`, ...allowed.map((path) => `^${path}`)] },
});

const forbidden = [
  {
    name: 'no-circles',
    severity: 'error',
    comment: 'Files that need each other are one file, or miss a third.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-unknown',
    severity: 'error',
    comment: 'The imported file or package is not there.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'declare-packages',
    severity: 'error',
    comment: 'A room names in its own package.json what it uses, and not among the development packages.',
    from: { path: rooms, pathNot: [test, String.raw`^apps/(console|widget)/vite\.config\.ts$`] },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only', 'npm', 'npm-peer', 'core'],
    },
  },
  {
    name: 'no-tests-in-production',
    severity: 'error',
    comment: 'Tests, fixtures and builders are not shipped.',
    from: { path: rooms, pathNot: test },
    to: { path: `${test}|^test/` },
  },
  only('contracts-alone', 'libs/contracts', [], 'Contracts stand below everything.'),
  only('channel-port', 'libs/channel', ['libs/contracts/'], 'The port knows the contracts only.'),
  only('platform', 'libs/platform', ['libs/contracts/'], 'The platform knows nothing of cases.'),
  only(
    'core',
    'libs/core',
    ['libs/(contracts|channel|platform)/'],
    'The service desk knows no adapter and no transport.',
  ),
  {
    name: 'adapters-apart',
    severity: 'error',
    comment: 'An adapter knows the port and its own SDK.',
    from: { path: '^adapters/([^/]+)/', pathNot: test },
    to: { path: rooms, pathNot: ['^adapters/$1/', '^libs/(contracts|channel)/'] },
  },
  {
    name: 'adapters-without-database',
    severity: 'error',
    comment: 'Adapters and their host hold no database or Redis credentials.',
    from: code('(adapters/[^/]+|apps/channels)'),
    to: { path: 'node_modules/(typeorm|pg|bullmq|ioredis|@nestjs/(typeorm|bullmq))/' },
  },
  only(
    'channels-host',
    'apps/channels',
    [
      'libs/(contracts|channel)/',
      'adapters/',
      String.raw`libs/platform/src/(env|clock|ids)\.ts$`,
      'libs/platform/src/(logging|bus|blobs)/',
    ],
    'The host of adapters can stand alone: it reaches core through the bus.',
  ),
  only('server', 'apps/server', ['libs/', 'apps/channels/'], 'The server names no adapter.'),
  {
    name: 'server-embeds-channels-once',
    severity: 'error',
    comment: 'One file starts the host of adapters in the same process; all else goes over the bus.',
    from: { path: '^apps/server/', pathNot: [test, String.raw`^apps/server/src/embedded-channels\.ts$`] },
    to: { path: '^apps/channels/' },
  },
  only('console', 'apps/console', ['libs/contracts/'], 'The console knows the contracts only.'),
  only('widget', 'apps/widget', ['libs/contracts/'], 'The widget knows the contracts only.'),
  {
    name: 'console-features-apart',
    severity: 'error',
    comment: 'Features of the console meet in app/, not in each other.',
    from: { path: '^apps/console/src/features/([^/]+)/' },
    to: { path: '^apps/console/src/features/([^/]+)/', pathNot: '^apps/console/src/features/$1/' },
  },
  {
    name: 'console-features-below-app',
    severity: 'error',
    comment: 'Shared parts know no feature.',
    from: { path: '^apps/console/src/(api|ui|live)/' },
    to: { path: '^apps/console/src/features/' },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@loket/source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
