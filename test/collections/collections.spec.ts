import { describe, expect, it } from '@jest/globals';
import { collectionsOf, growingCollections } from './find-collections.js';

/**
 * What limits each collection of the service that outlives a call and grows. A collection that grows
 * with what callers send needs a limit: use `lru-cache`.
 */
const limits: Readonly<Record<string, string>> = {
  // Work under way: an entry leaves with its request, stream or transaction.
  'apps/query-api/events/open-streams.ts ends': 'MAX_STREAMS',
  'libs/event-sourcing/one-at-a-time.ts last': 'commands under way',
  'libs/event-store/eventstoredb/append-channel.ts waiting': 'appends under way, see slots.ts',
  'libs/event-store/eventstoredb/ids-in-flight.ts appends': 'appends under way, see slots.ts',
  'libs/event-store/eventstoredb/slots.ts waiting': 'maxQueued',
  'libs/event-store/follow.ts waiting': 'open streams, consumers and waiting queries',
  'libs/event-store/sqlite/append-queue.ts waiting': 'MAX_QUEUED_APPENDS',
  'libs/event-store/sqlite/sqlite-event-store.ts inFlight': 'MAX_QUEUED_APPENDS',
  'libs/platform/http/answers.ts held': 'requests under way',
  'libs/platform/http/answers.ts unread': 'the open streams',
  'libs/platform/http/answers.ts waiting': 'requests under way',
  'libs/platform/http/fair-shares.ts underWay': 'requests under way',
  'libs/platform/http/turns.ts waiting': 'requests under way',
  'libs/view-stores/sqlite/grouped-writes.ts waiting': 'a write of each projection',
  // One read or one document: it ends with the call that made it.
  'apps/query-api/past/latest-entries.ts latest': 'MAX_ENTRIES and MAX_PAGE_BYTES',
  'apps/query-api/past/show-past-ticket-query.ts longTexts': 'the kinds of texts',
  'libs/consuming/fold-page.ts views': 'the documents of a page',
  'libs/event-store/eventstoredb/log-reads.ts events': 'the limit of the read',
  'libs/platform/limited-log.ts kinds': 'MAX_KINDS',
  'libs/platform/openapi/unused-schemas.ts used': 'the schemas of the document',
  'libs/projections/past/periods-at.ts found': 'the page, and the tickets that changed in a second',
  'libs/view-stores/sqlite/sql.ts values': 'the values of a query',
  'libs/view-stores/view-store.ts all': 'the limit of the query',
  // The parts of the program: consumers, commands, request classes, routes and their statuses.
  'apps/standalone/consumers-thread.ts requested': 'messages between two threads',
  'libs/consuming/consumer-runtime.ts active': 'the consumers',
  'libs/consuming/consumer-runtime.ts keepers': 'the view stores',
  'libs/consuming/lease-keeper.ts held': 'the consumers',
  'libs/consuming/lease-keeper.ts taken': 'the consumers',
  'libs/consuming/lease-keeper.ts waiting': 'the consumers',
  'libs/consuming/lease-keeper.ts watched': 'the consumers',
  'libs/platform/http/known-paths.ts methodsOf': 'the routes',
  'libs/platform/process/health.ts checks': 'the parts of the process',
  'libs/platform/process/health.ts states': 'the parts of the process',
  'libs/platform/process/replaced-files.ts known': 'the databases of the data folder',
  'libs/platform/process/stillness.ts seen': 'the consumers',
  'libs/platform/process/metrics.ts updates': 'the parts of the process',
  'libs/platform/telemetry/command-metrics.ts known': 'outcomes and codes',
  'libs/platform/telemetry/command-telemetry.ts counters': 'the commands',
  'libs/platform/telemetry/http-telemetry.ts known': 'the routes, methods and statuses',
  'libs/platform/telemetry/projection-traces.ts known': 'the projections and types of events',
  'libs/platform/validation/validator.ts requested': 'the request classes',
  'libs/view-stores/mongodb/fence.ts sessions': 'the copies that a process has opened',
  'libs/platform/authentication/accepted-keys.ts accepted': 'the keys of the issuer',
  // Events of the log.
  'libs/consuming/consumer-session.ts parked': 'streams that an operator has to repair',
  'libs/consuming/consumer-session.ts lostPositions': 'streams that an operator has to repair',
  'libs/platform/process/damaged-histories.ts found': 'streams that an operator has to repair',
  'libs/consuming/log-tail.ts pages': 'CACHED_EVENTS',
  'libs/event-store/eventstoredb/known-ids.ts appended':
    'appends that the feed has not brought yet',
  'libs/event-store/eventstoredb/known-ids.ts unwritten': 'ids on their way into the index',
  'libs/event-store/eventstoredb/live-feed.ts events': 'CACHED_EVENTS',
  'libs/event-store/integrity/canonical-json.ts names': 'CACHED_NAMES',
  // Only tests use the store in memory.
  'libs/event-store/memory/memory-event-store.ts byId': 'the log of a test',
  'libs/event-store/memory/memory-event-store.ts log': 'the log of a test',
  'libs/event-store/memory/memory-event-store.ts streams': 'the log of a test',
  'libs/event-store/memory/memory-snapshot-store.ts snapshots': 'the log of a test',
};

it('every collection that outlives a call and grows has a known limit', () => {
  expect(growingCollections()).toEqual(Object.keys(limits).sort());
});

describe('a collection that grows is found', () => {
  it.each([
    ['a field', 'class A { readonly #b = new Map(); c() { this.#b.set(1, 2); } }'],
    ['a list that is replaced', 'class A { b: string[] = []; c() { this.b = [...this.b, ""]; } }'],
    ['a variable of a module', 'const b = new Set(); export const c = () => b.add(1);'],
    ['a variable of a closure', 'function a() { const b = []; return (x) => b.push(x); }'],
  ])('as %s', (_, text) => {
    expect(collectionsOf(text, 'a.ts')).toEqual(['a.ts b']);
  });

  it.each([
    ['with a limit', 'class A { b = new LRUCache({ max: 1 }); c() { this.b.set(1, 2); } }'],
    ['that nothing keeps', 'function a() { const b = []; b.push(1); return b; }'],
    ['that does not grow', 'const b = new Set([1]); export const c = () => b.has(1);'],
  ])('but not one %s', (_, text) => {
    expect(collectionsOf(text, 'a.ts')).toEqual([]);
  });
});
