import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** The furthest event that was acknowledged. */
export interface Mark {
  /** The identity of its log; absent where the log has none of its own. */
  readonly logId?: string;
  readonly position: string;
  readonly hash: string;
  /** When it was acknowledged, ISO 8601. */
  readonly at: string;
}

const SLOT_BYTES = 512;
const SLOTS = 2;
const DIGEST_LENGTH = 16;

/**
 * Remembers the furthest acknowledged event, outside of the log, so that a log that went back or was
 * exchanged is noticed. It is written before each acknowledgement and not synchronised: it survives
 * the death of the process, and after a power cut the log, which is on disk, is ahead of it.
 *
 * The file has two slots, written in turns, each with a digest, so that one is whole after a torn write
 * (as the two meta pages of LMDB).
 */
export class LogMark {
  #descriptor: number;
  #count = 0;
  #mark: Mark | null = null;

  /** @throws Error naming the file and the remedy if it is damaged. */
  constructor(private readonly file: string) {
    this.#descriptor = open(file);
    const bytes = Buffer.alloc(SLOTS * SLOT_BYTES);
    const length = readSync(this.#descriptor, bytes, 0, bytes.length, 0);
    for (let slot = 0; slot < SLOTS; slot++) {
      const read = readSlot(bytes.toString('utf8', slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES));
      if (read === null || read.count < this.#count) continue;
      this.#count = read.count;
      this.#mark = read.mark;
    }
    if (length > 0 && this.#mark === null) {
      this.close();
      throw new Error(
        `${file} is damaged, so that a loss of acknowledged events would not be noticed. Check that the log is whole, then remove the file and start again.`,
      );
    }
  }

  /** Null if nothing was acknowledged yet. */
  get current(): Mark | null {
    return this.#mark;
  }

  set(mark: Mark): void {
    // Removed or exchanged under the running process.
    if (fstatSync(this.#descriptor).nlink === 0) {
      this.close();
      this.#descriptor = open(this.file);
    }
    this.#count += 1;
    const text = JSON.stringify({ count: this.#count, mark });
    const slot = `${digestOf(text)} ${text}`.padEnd(SLOT_BYTES - 1) + '\n';
    writeSync(this.#descriptor, slot, (this.#count % SLOTS) * SLOT_BYTES);
    this.#mark = mark;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const open = (file: string): number => openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);

const digestOf = (text: string): string => hash('sha256', text, 'hex').slice(0, DIGEST_LENGTH);

/** Null for a slot that is empty or torn. */
function readSlot(slot: string): { readonly count: number; readonly mark: Mark } | null {
  const text = slot.slice(DIGEST_LENGTH + 1).trimEnd();
  return digestOf(text) === slot.slice(0, DIGEST_LENGTH)
    ? (JSON.parse(text) as { count: number; mark: Mark })
    : null;
}
