import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RealSystem } from '#platform/system.js';
import { LogReader } from '#consuming/log-reader.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { storyMinutes, storyTurns, tellStory } from '#projections/testing/random-stories.js';
import { flow } from '#projections/flow.js';
import { Freshness } from '../freshness.js';
import { Views } from '#projections/views.js';
import { buckets, type Bucket } from './flow-buckets.js';
import { ReportFlow, ReportFlowHandler, type FlowRequest } from './report-flow-query.js';

interface Item {
  readonly from: string;
  readonly to: string;
  readonly created: number;
  readonly closed: number;
  readonly canceled: number;
  readonly open: number;
}
interface Answer {
  readonly from: string;
  readonly to: string;
  readonly items: readonly Item[];
}

const DAY = 86_400_000;
const lengths: Readonly<Record<Bucket, number>> = { hour: DAY / 24, day: DAY, week: 7 * DAY };

/** A bucket computed from all events. */
function byHand(events: readonly DecodedEvent[], { from, to }: Item): Item {
  const number = (type: string, since: string) =>
    events.filter((event) => event.type === type && event.at >= since && event.at < to).length;
  const ever = '0000';
  const open =
    number('TicketCreated', ever) - number('TicketClosed', ever) - number('TicketCanceled', ever);
  return {
    from,
    to,
    created: number('TicketCreated', from),
    closed: number('TicketClosed', from),
    canceled: number('TicketCanceled', from),
    open: Math.max(0, open),
  };
}

const text = (time: number) => new Date(time).toISOString();

describe('the flow in any range', () => {
  it('counts the events in it, and starts with the tickets open before', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        storyTurns,
        storyMinutes,
        fc.array(
          fc.record({
            bucket: fc.constantFrom(...buckets),
            /** An event near the beginning of the range, the distance from it in milliseconds, and the length. */
            near: fc.nat(100),
            beside: fc.integer({ min: -40 * DAY, max: 40 * DAY }),
            length: fc.nat(60),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (turns, minutes, ranges) => {
          const story = await tellStory(turns, minutes);
          const events = await story.events();
          const store = new SqliteViewStore(':memory:');
          await projectAll(flow, story.log, store);
          const freshness = new Freshness(new LogReader(story.log), store);
          const handler = new ReportFlowHandler(new Views(store), freshness, new RealSystem());
          for (const { bucket, near, beside, length } of ranges) {
            const from = Date.parse(events[near % events.length]?.at ?? '') + beside;
            const to = from + length * lengths[bucket];
            const request: FlowRequest = { bucket, from: text(from), to: text(to) };
            const answer = (await handler.execute(new ReportFlow(request))) as Answer;
            const { items } = answer;
            expect(answer.from <= text(from) && answer.to >= text(to)).toBe(true);
            expect(items.map((item) => item.from)).toEqual([
              answer.from,
              ...items.slice(0, -1).map((item) => item.to),
            ]);
            expect(items.at(-1)?.to).toBe(answer.to);
            expect(items).toEqual(items.map((item) => byHand(events, item)));
            most = Math.max(most, ...items.map(({ open }) => open));
          }
          await store.close();
        },
      ),
      { numRuns: 100 },
    );
    expect(most).toBeGreaterThan(1);
  });
});
