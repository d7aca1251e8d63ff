import { describe, expect, it } from '@jest/globals';
import { historyDiffers, listDiffers } from './compare.js';
import { planCase } from './plan-case.js';
import { caseOf, mappingWith } from './testing/plans.js';

const plan = planCase(caseOf(['take', 'take']), mappingWith());

const history = [
  { revision: 0, type: 'TicketCreated', actor: { id: 'anna' }, data: {} },
  { revision: 1, type: 'TicketDispatched', actor: { id: 'anna' }, data: {} },
  { revision: 2, type: 'TicketAssigned', actor: { id: 'bob' }, data: { engineerId: 'bob' } },
  { revision: 3, type: 'TicketForwarded', actor: { id: 'bob' }, data: { engineerId: 'carol' } },
];

/** The history with its last event changed. */
const withLast = (change: object) => [
  ...history.slice(0, 3),
  { ...history[3], ...change } as (typeof history)[0],
];

describe('a history', () => {
  it('equals the plan', () => {
    expect(historyDiffers(plan.history, history)).toBeNull();
  });

  it.each([
    [
      'lacks an event',
      history.slice(0, 3),
      'event 3 is no event; expected TicketForwarded by bob to carol',
    ],
    [
      'has an additional event',
      [...history, { revision: 4, type: 'TicketClosed', actor: { id: 'lena' }, data: {} }],
      'event 4 is TicketClosed by lena; expected no event',
    ],
    [
      'has another actor',
      withLast({ actor: { id: 'lena' } }),
      'event 3 is TicketForwarded by lena to carol; expected TicketForwarded by bob to carol',
    ],
    [
      'names another engineer',
      withLast({ data: { engineerId: 'dave' } }),
      'event 3 is TicketForwarded by bob to dave; expected TicketForwarded by bob to carol',
    ],
    ['has a gap', withLast({ revision: 4 }), 'event 3 is TicketForwarded by bob to carol'],
  ])('%s', (_what, events, difference) => {
    expect(historyDiffers(plan.history, events)).toContain(difference);
  });
});

describe('a list', () => {
  it('has every ticket once, in the expected state', () => {
    expect(listDiffers(plan, ['processing'])).toBeNull();
    expect(listDiffers(plan, [])).toBe('it is listed in no state; expected processing');
    expect(listDiffers(plan, ['processing', 'closed'])).toBe(
      'it is listed in processing and closed; expected processing',
    );
  });
});
