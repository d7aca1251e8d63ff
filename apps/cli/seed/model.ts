import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { TicketCommandName } from '#ticketing/ticket/catalogue.js';
import type { Random } from './random.js';
import { Weighted } from './weighted.js';

/** A ticket's state and its last command, such as `pending/create`. */
export type Place = `${TicketStateName}/${TicketCommandName}`;

/** A Markov chain of a desk's log. `derive-model.ts` writes it. */
export interface Model {
  /** The number of new tickets by the hour of the week, from Monday 0:00. */
  readonly arrivals: readonly number[];
  readonly transitions: readonly Transition[];
}

/** A step from a place to the next command. */
export interface Transition {
  readonly from: Place;
  /** The next command; `end` if there was none. */
  readonly to: TicketCommandName | 'end';
  readonly count: number;
  /** The waits in seconds: minimum, deciles, maximum. */
  readonly waits: readonly number[];
}

/** The next command on a ticket, and the wait before it. */
export interface Next {
  readonly command: TicketCommandName | 'end';
  readonly seconds: number;
}

/** Reads the table of a model file, with lines of the form `from to count waits…`. */
export const transitionsFrom = (table: string): Transition[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [from = '', to = '', count = '', ...waits] = line.trim().split(/\s+/);
      return {
        from: from as Place,
        to: to as Transition['to'],
        count: Number(count),
        waits: waits.map(Number),
      };
    });

/** Draws courses from a model. */
export class Course {
  readonly #next = new Map<Place, Weighted<Transition>>();
  /** The most frequent place of each state. */
  readonly #busiest = new Map<string, Place>();

  constructor({ transitions }: Model) {
    for (const from of new Set(transitions.map((transition) => transition.from))) {
      const all = transitions.filter((transition) => transition.from === from);
      this.#next.set(from, new Weighted(all.map((one) => [one, one.count])));
    }
    const passed = (place: Place | undefined) =>
      transitions.reduce((sum, { from, count }) => sum + (from === place ? count : 0), 0);
    for (const place of this.#next.keys()) {
      const state = stateOf(place);
      if (passed(place) > passed(this.#busiest.get(state))) this.#busiest.set(state, place);
    }
  }

  draw(place: Place, random: Random): Next {
    const transition = this.#next.get(place)?.draw(random);
    if (transition === undefined) return { command: 'end', seconds: 0 };
    return { command: transition.to, seconds: between(transition.waits, random.next()) };
  }

  /** The place of a ticket after a command, or the nearest one that the model has. */
  after(before: Place, state: TicketStateName, command: TicketCommandName): Place {
    const place: Place = `${state}/${command}`;
    if (this.#next.has(place)) return place;
    return stateOf(before) === state ? before : (this.#busiest.get(state) ?? place);
  }
}

const stateOf = (place: Place): string => place.slice(0, place.indexOf('/'));

/** The quantile of a distribution, interpolated between its deciles. */
function between(quantiles: readonly number[], share: number): number {
  const place = share * (quantiles.length - 1);
  const below = Math.floor(place);
  const [low = 0, high = low] = [quantiles[below], quantiles[below + 1]];
  return low + (high - low) * (place - below);
}
