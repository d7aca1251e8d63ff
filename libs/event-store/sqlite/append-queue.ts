import type { WaitingAppend } from './waiting-append.js';

/** A group of this size is sent without waiting for more, so that sealing and writing overlap. */
const FULL_GROUP_EVENTS = 128;
/** The maximum number of events in a group with more than one append. */
const MAX_GROUP_EVENTS = 512;
/** The maximum number of waiting appends: beyond it, the disk is too slow. */
const MAX_QUEUED_APPENDS = 20_000;

/** The appends that wait for the next commit, in the order of their arrival. */
export class AppendQueue {
  #waiting: WaitingAppend[] = [];
  #events = 0;

  /** @param maxGroupAppends - the maximum number of appends per commit */
  constructor(private readonly maxGroupAppends: number) {}

  get length(): number {
    return this.#waiting.length;
  }

  get isOverloaded(): boolean {
    return this.#waiting.length >= MAX_QUEUED_APPENDS;
  }

  get hasFullGroup(): boolean {
    return this.#events >= FULL_GROUP_EVENTS || this.#waiting.length >= this.maxGroupAppends;
  }

  add(waiting: WaitingAppend): void {
    this.#waiting.push(waiting);
    this.#events += waiting.append.events.length;
  }

  /** Takes the appends of the next commit. */
  takeGroup(): WaitingAppend[] {
    return this.#waiting.splice(0, this.#groupSize());
  }

  takeAll(): WaitingAppend[] {
    this.#events = 0;
    return this.#waiting.splice(0);
  }

  #groupSize(): number {
    let appends = 0;
    let events = 0;
    for (const { append } of this.#waiting) {
      events += append.events.length;
      if (appends >= this.maxGroupAppends || (appends > 0 && events > MAX_GROUP_EVENTS)) break;
      this.#events -= append.events.length;
      appends += 1;
    }
    return appends;
  }
}
