import type { Logger } from 'pino';

/** A kind of line has at most one line in this time. */
const INTERVAL_MS = 60_000;

/** The maximum number of kinds at a time; further ones share the lines of one kind. */
const MAX_KINDS = 100;
const OTHERS = 'other';

/** Repeats of a line since the last one. */
interface Repeats {
  count: number;
  write: () => void;
}

/**
 * Logs what callers can repeat at will: the first line of a kind at once, then at most one in each
 * interval, with the number of those that it stands for (`count`).
 */
export class LimitedLog {
  readonly #kinds = new Map<string, Repeats>();

  constructor(
    private readonly logger: Logger,
    private readonly intervalMs = INTERVAL_MS,
  ) {}

  warn(kind: string, fields: object, message: string): void {
    this.#log(kind, (count) => {
      this.logger.warn({ ...fields, ...count }, message);
    });
  }

  error(kind: string, fields: object, message: string): void {
    this.#log(kind, (count) => {
      this.logger.error({ ...fields, ...count }, message);
    });
  }

  #log(named: string, write: (count: { readonly count?: number }) => void): void {
    const kind = this.#kinds.size < MAX_KINDS || this.#kinds.has(named) ? named : OTHERS;
    const repeats = this.#kinds.get(kind);
    if (repeats !== undefined) {
      repeats.count += 1;
      repeats.write = () => {
        write({ count: repeats.count });
      };
      return;
    }
    write({});
    this.#kinds.set(kind, { count: 0, write: () => undefined });
    this.#restart(kind);
  }

  /** Writes the last of the repeats with their number after each interval that had some. */
  #restart(kind: string): void {
    setTimeout(() => {
      const repeats = this.#kinds.get(kind);
      if (repeats === undefined || repeats.count === 0) {
        this.#kinds.delete(kind);
        return;
      }
      repeats.write();
      repeats.count = 0;
      this.#restart(kind);
    }, this.intervalMs).unref();
  }
}
