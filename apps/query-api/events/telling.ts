import { Injectable } from '@nestjs/common';
import type { LogPage, Position } from '#event-store/event-store.js';
import type { Actor } from '#ticketing/decision.js';
import { seesAllText, seesNotes } from '../visibility.js';
import { Messages } from './messages.js';
import { Requesters } from './requesters.js';
import { shownTo } from './shown-to.js';

/** What to send, and the position that it reaches: perhaps not all of the page. */
export interface Told {
  readonly text: Buffer;
  readonly position: Position;
}

/** So much is handed to a connection at once: what a slow reader does not take lies in memory. */
const ENOUGH_CHARACTERS = 64 * 1024;

/** Tells pages of the log to those who may see them, or some of them. */
@Injectable()
export class Telling {
  readonly #messages = new Messages();
  readonly #toldToStaff = new WeakMap<LogPage, Promise<Told>>();

  constructor(private readonly requesters: Requesters) {}

  /** What an actor may see of a page, from its beginning, as far as it makes a good length. */
  async of(page: LogPage, actor: Actor): Promise<Told> {
    // All who see everything are told the same, and many are told it at the same time.
    if (!seesAllText(actor) || !seesNotes(actor)) return this.#tell(page, actor);
    let told = this.#toldToStaff.get(page);
    if (told === undefined) {
      told = this.#tell(page, actor);
      this.#toldToStaff.set(page, told);
    }
    return told;
  }

  async #tell({ events, position }: LogPage, actor: Actor): Promise<Told> {
    let text = '';
    for (const event of events) {
      const shown = await shownTo(actor, event, (of) => this.requesters.of(of));
      if (shown !== 'nothing') text += this.#messages.of(event, shown === 'everything');
      if (text.length > ENOUGH_CHARACTERS) {
        return { text: Buffer.from(text), position: event.position };
      }
    }
    return { text: Buffer.from(text), position };
  }
}
