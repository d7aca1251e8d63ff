/** Who may import whom (docs/extend/README.md). Checked by `npm run check:imports`. */
const test = '\\.(spec|contract)\\.ts$|/testing/';
const lib = (name) => `^libs/${name}/`;

/** What lies in `from` may import nothing of the project beyond `allowed`. */
const only = (name, from, allowed, pathNot = test) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot },
  to: { path: '^(apps|libs|test)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-domain-knows-nothing-else',
      severity: 'error',
      from: { path: lib('ticketing'), pathNot: test },
      to: { pathNot: lib('ticketing') },
    },
    only('event-sourcing-knows-ports-only', lib('event-sourcing'), [
      lib('event-sourcing'),
      '^libs/event-store/(event-store|history|snapshots)\\.ts$',
      '^libs/event-store/codec/codec\\.ts$',
    ]),
    only('the-event-store-knows-the-domain-only', lib('event-store'), [
      lib('event-store'),
      lib('ticketing'),
    ]),
    only('projections-know-decoded-events-and-the-domain', lib('projections'), [
      lib('projections'),
      lib('ticketing'),
      '^libs/event-store/(event-store|history)\\.ts$',
      '^libs/event-store/codec/',
      '^libs/view-stores/view-store\\.ts$',
    ]),
    only('view-stores-know-projections-and-leases', lib('view-stores'), [
      lib('view-stores'),
      '^libs/projections/projection\\.ts$',
      '^libs/consuming/(lease|checkpoint)\\.ts$',
      '^libs/event-store/(event-store|follow|database-changes|sqlite-damage)\\.ts$',
    ]),
    only('consuming-knows-ports', lib('consuming'), [
      lib('consuming'),
      '^libs/event-store/(event-store|follow|history|sleep)\\.ts$',
      '^libs/event-store/codec/',
      '^libs/projections/projection\\.ts$',
      '^libs/view-stores/view-store\\.ts$',
    ]),
    only('policies-know-ports-and-the-domain', lib('policies'), [
      lib('policies'),
      lib('ticketing'),
      '^libs/consuming/',
      '^libs/event-store/(event-store|follow|history|sleep)\\.ts$',
      '^libs/event-store/codec/',
      '^libs/projections/',
      '^libs/view-stores/view-store\\.ts$',
    ]),
    {
      name: 'stored-events-are-read-through-decode',
      comment: "Only commands' folding, the copying of logs and the seed know stored forms.",
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [
          '^libs/event-(store|sourcing)/',
          '^libs/commands/',
          '^apps/cli/(log|seed)/',
          test,
        ],
      },
      to: {
        path: '^libs/event-store/(codec|integrity)/',
        pathNot: '^libs/event-store/codec/(decode|decoded-event)\\.ts$',
      },
    },
    {
      name: 'an-app-imports-no-other-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: `^apps/standalone/|${test}` },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^libs/(event-store|view-stores)/(sqlite|memory|eventstoredb|mongodb)/' },
      to: {
        path: '^libs/(event-store|view-stores)/(sqlite|memory|eventstoredb|mongodb)/',
        pathNot: '^libs/$1/$2/',
      },
    },
    {
      name: 'platform-alone-picks-adapters',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `^libs/platform/|^libs/(event-store|view-stores)/|${test}`,
      },
      to: { path: '^libs/(event-store|view-stores)/(sqlite|memory|eventstoredb|mongodb)/' },
    },
    {
      name: 'telemetry-alone-knows-opentelemetry',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/platform/telemetry/sdk/' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'its-sdk-is-loaded-only-where-it-is-on',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^libs/platform/telemetry/sdk/|${test}` },
      to: {
        path: '^libs/platform/telemetry/sdk/',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    only('commands-know-the-domain-and-how-to-run-it', lib('commands'), [
      lib('commands'),
      lib('ticketing'),
      lib('event-sourcing'),
      '^libs/event-store/(event-store|history|log-loss|snapshots)\\.ts$',
      '^libs/event-store/(codec|integrity)/',
      lib('platform'),
    ]),
    only('libs-know-no-app', '^libs/', ['^libs/']),
    only('platform-knows-ports-and-adapters', lib('platform'), ['^libs/']),
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: test },
      to: { path: `^test/|${test}` },
    },
    {
      name: 'black-box-tests-speak-http',
      comment: 'The model of the domain is an oracle that shares no code with the product.',
      severity: 'error',
      from: {
        path: '^test/',
        pathNot: '^test/(bench|deployment|event-loop|faults)/|^test/support/log\\.ts$',
      },
      to: {
        path: '^(apps|libs)/',
        pathNot:
          '^libs/(ticketing/testing/ticket-model-(table|examples)|platform/authentication/sign-token|event-store/testing/events|event-store/sqlite/folder-lock)\\.ts$|^libs/ticketing/decision\\.ts$',
      },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-dependency-is-shipped',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // The subpath imports of package.json name the sources under this condition.
      conditionNames: ['source', 'import', 'node', 'types'],
    },
  },
};
