import { describe, expect, it } from '@jest/globals';
import type { Answer } from './retrying-client.js';
import { outcomeOf, surpriseIn, type Accepted } from './outcome.js';
import type { Expected, Step } from './plan.js';
import { caseOf, mappingWith } from './testing/plans.js';
import { planCase } from './plan-case.js';

const [, take] = planCase(caseOf(['take']), mappingWith()).steps;

const stepThatIs = (expected: Expected): Step => ({ ...(take as Step), expected });
const takes = stepThatIs({
  kind: 'accepted',
  events: [{ type: 'TicketAssigned', by: 'bob', engineerId: 'bob' }],
  state: 'processing',
});
const repeats = stepThatIs({ kind: 'accepted', events: [], state: 'processing' });
const fails = stepThatIs({ kind: 'refused', codes: ['ticket_closed'] });

const accepted = (events: string[], replayed = false): Answer<Accepted> => ({
  status: 200,
  replayed,
  data: { ticketId: 't', reference: 'r', state: 'processing', revision: 2, position: '7', events },
});
const refused = (status: number, code: string): Answer<Accepted> => ({
  status,
  problem: { code, detail: 'Because.' },
});

describe('the answer to a command', () => {
  it.each([
    ['accepted', takes, accepted(['TicketAssigned']), null],
    ['done_before', takes, accepted(['TicketAssigned'], true), null],
    ['repeat', repeats, accepted([]), null],
    ['refused', fails, refused(409, 'ticket_closed'), null],
    [
      'refused',
      repeats,
      refused(412, 'revision_mismatch'),
      'expected accepted (processing, no event), got refused: revision_mismatch',
    ],
    [
      'refused',
      takes,
      refused(412, 'revision_mismatch'),
      'expected accepted (processing, TicketAssigned), got refused: revision_mismatch',
    ],
    [
      'refused',
      fails,
      refused(403, 'forbidden'),
      'expected refused with ticket_closed, got refused: forbidden',
    ],
    [
      'accepted',
      fails,
      accepted(['TicketAssigned']),
      'expected refused with ticket_closed, got accepted',
    ],
    [
      'repeat',
      takes,
      accepted([]),
      'expected accepted (processing, TicketAssigned), got processing with no event',
    ],
    [
      'accepted',
      repeats,
      accepted(['TicketForwarded']),
      'expected accepted (processing, no event), got processing with TicketForwarded',
    ],
  ])('is %s, as expected or not: case %#', (kind, step, answer, surprise) => {
    const outcome = outcomeOf(answer, step, false);
    expect(outcome.kind).toBe(kind);
    expect(surpriseIn(outcome, step)).toBe(surprise);
  });

  it.each([
    ['superseded', repeats, refused(412, 'revision_mismatch'), null],
    ['superseded', repeats, refused(403, 'forbidden'), null],
    ['superseded', fails, refused(412, 'revision_mismatch'), null],
    ['refused', fails, refused(409, 'ticket_closed'), null],
    [
      'refused',
      takes,
      refused(409, 'already_handled'),
      'expected accepted (processing, TicketAssigned), got refused: already_handled',
    ],
  ])('is %s after an earlier run: case %#', (kind, step, answer, surprise) => {
    const outcome = outcomeOf(answer, step, true);
    expect(outcome.kind).toBe(kind);
    expect(surpriseIn(outcome, step)).toBe(surprise);
  });
});
