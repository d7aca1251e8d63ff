import type { CasePlan, ExpectedEvent } from './plan.js';

/** An event as a ticket's history tells it: as far as it is compared. */
export interface ToldEvent {
  readonly revision: number;
  readonly type: string;
  readonly actor?: { readonly id?: string };
  readonly data?: { readonly engineerId?: string };
}

/** Where a ticket's history is not what was sent, in words; null where it is. */
export function historyDiffers(
  expected: readonly ExpectedEvent[],
  told: readonly ToldEvent[],
): string | null {
  const length = Math.max(expected.length, told.length);
  for (let index = 0; index < length; index++) {
    const one = expected[index];
    const other = told[index];
    if (one !== undefined && other !== undefined && same(one, other, index)) continue;
    const has = other === undefined ? 'no event' : inWords(fromHistory(other));
    return `event ${index} is ${has}; implied is ${one === undefined ? 'no event' : inWords(one)}`;
  }
  return null;
}

const same = (expected: ExpectedEvent, told: ToldEvent, index: number): boolean =>
  told.revision === index && inWords(expected) === inWords(fromHistory(told));

const fromHistory = ({ type, actor, data }: ToldEvent) => ({
  type,
  by: actor?.id ?? 'nobody',
  ...(data?.engineerId === undefined ? {} : { engineerId: data.engineerId }),
});

const inWords = (event: { type: string; by: string; engineerId?: string }): string =>
  `${event.type} by ${event.by}${event.engineerId === undefined ? '' : ` to ${event.engineerId}`}`;

/** Where a ticket is not listed in the state that the log implies, in words; null where it is. */
export function listDiffers({ endsAs }: CasePlan, listedIn: readonly string[]): string | null {
  if (listedIn.length === 1 && listedIn[0] === endsAs) return null;
  return `it is listed in ${listedIn.join(' and ') || 'no state'}; implied is ${endsAs}`;
}
