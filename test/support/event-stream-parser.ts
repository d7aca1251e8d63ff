/** A message like that of an EventSource (WHATWG HTML, "Server-sent events"). */
export interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Parses a stream of server-sent events, in any chunks. */
export class EventStreamParser {
  readonly messages: Message[] = [];
  readonly comments: string[] = [];
  retry: number | null = null;
  #rest = '';
  #id: string;
  #event = '';
  #data: string[] = [];

  /** @param lastEventId - the id that the client sends when it reconnects, as browsers do */
  constructor(public lastEventId = '') {
    this.#id = lastEventId;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    // An incomplete line is dropped if the connection breaks.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === '') this.comments.push(value);
    else if (name === 'id') this.#id = value;
    else if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'retry') this.retry = Number(value);
    else throw new Error(`There is no field "${name}" in server-sent events.`);
  }

  #dispatch(): void {
    this.lastEventId = this.#id;
    if (this.#data.length > 0) {
      this.messages.push({ id: this.#id, event: this.#event, data: this.#data.join('\n') });
    }
    this.#event = '';
    this.#data = [];
  }
}
