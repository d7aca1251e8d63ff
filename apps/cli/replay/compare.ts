import type { components } from '../../../generated/api.js';
import type { CasePlan, ExpectedEvent } from './plan.js';

/** The compared members of an event in a ticket's history. */
export type HistoryEvent = Pick<Event, 'revision' | 'type' | 'data'> & {
  readonly actor: Pick<Event['actor'], 'id'>;
};
type Event = components['schemas']['HistoryEvent'];

/** The first difference between a ticket's history and the plan; null if there is none. */
export function historyDiffers(
  expected: readonly ExpectedEvent[],
  history: readonly HistoryEvent[],
): string | null {
  const length = Math.max(expected.length, history.length);
  for (let index = 0; index < length; index++) {
    const one = expected[index];
    const other = history[index];
    if (one !== undefined && other !== undefined && same(one, other, index)) continue;
    const has = other === undefined ? 'no event' : inWords(fromHistory(other));
    return `event ${index} is ${has}; expected ${one === undefined ? 'no event' : inWords(one)}`;
  }
  return null;
}

const same = (expected: ExpectedEvent, actual: HistoryEvent, index: number): boolean =>
  actual.revision === index && inWords(expected) === inWords(fromHistory(actual));

const fromHistory = ({ type, actor, data }: HistoryEvent) => ({
  type,
  by: actor.id,
  ...(typeof data['engineerId'] === 'string' ? { engineerId: data['engineerId'] } : {}),
});

const inWords = (event: { type: string; by: string; engineerId?: string }): string =>
  `${event.type} by ${event.by}${event.engineerId === undefined ? '' : ` to ${event.engineerId}`}`;

/** The difference between a ticket's state in the list and the expected one; null if there is none. */
export function listDiffers({ endsAs }: CasePlan, listedIn: readonly string[]): string | null {
  if (listedIn.length === 1 && listedIn[0] === endsAs) return null;
  return `it is listed in ${listedIn.join(' and ') || 'no state'}; expected ${endsAs}`;
}
