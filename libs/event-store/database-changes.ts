import { watch, type FSWatcher } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { Notifier, type Wait } from './follow.js';

/**
 * The delays between checks while a caller waits. A change of the file restarts them from the
 * beginning, because it is noticed shortly before its commit is visible. Another change may be missed.
 */
const FIRST_CHECK_MS = 1;
const LAST_CHECK_MS = 500;

/** The channel on which threads of this process announce their commits to a database. */
export function commitsOf(file: string): BroadcastChannel {
  const channel = new BroadcastChannel(`commits:${file}`);
  channel.unref();
  return channel;
}

/**
 * Lets readers of an SQLite database wait for commits of other threads and processes. Those of this
 * process are announced. For those of another process it watches the write-ahead log, while a caller
 * waits; this ends with the first announcement, because then the writer is in this process.
 */
export class DatabaseChanges {
  readonly #notifier = new Notifier();
  readonly #version: StatementSyncInstance;
  #channel: BroadcastChannel | null = null;
  #isAnnounced = false;
  #seen: unknown = null;
  #delayMs = FIRST_CHECK_MS;
  #checking: NodeJS.Timeout | null = null;
  #watcher: FSWatcher | null = null;

  constructor(
    private readonly file: string,
    database: DatabaseSyncInstance,
  ) {
    // It changes with commits of other connections: https://sqlite.org/pragma.html#pragma_data_version
    this.#version = database.prepare('PRAGMA data_version');
  }

  /**
   * Starts a wait for the next commit. It may end early, and ends after the timeout or when the
   * signal aborts.
   */
  wait(signal: AbortSignal | null, timeoutMs?: number): Wait {
    this.#channel ??= this.#listen();
    if (!this.#isAnnounced && this.#checking === null) {
      this.#seen = this.#readVersion();
      this.#checkIn(FIRST_CHECK_MS);
    }
    return this.#notifier.wait(signal, timeoutMs);
  }

  close(): void {
    this.#stopChecking();
    this.#channel?.close();
  }

  /** Opened at the first wait, because every commit then costs a message. */
  #listen(): BroadcastChannel {
    const channel = commitsOf(this.file);
    channel.onmessage = () => {
      this.#isAnnounced = true;
      this.#stopChecking();
      this.#notifier.notify();
    };
    return channel;
  }

  #checkIn(delayMs: number): void {
    this.#delayMs = delayMs;
    if (this.#checking !== null) clearTimeout(this.#checking);
    this.#checking = setTimeout(() => {
      this.#check();
    }, delayMs).unref();
  }

  #check(): void {
    if (!this.#notifier.isWaitedFor) {
      this.#stopChecking();
      return;
    }
    this.#watch();
    const version = this.#readVersion();
    const hasChanged = version === null || version !== this.#seen;
    this.#seen = version;
    if (hasChanged) this.#notifier.notify();
    this.#checkIn(Math.min(2 * this.#delayMs, LAST_CHECK_MS));
  }

  /** A file that cannot be watched is checked by the delays alone. */
  #watch(): void {
    if (this.#watcher !== null) return;
    try {
      const options = { persistent: false };
      const watcher = watch(`${this.file}-wal`, options, () => {
        if (this.#delayMs > FIRST_CHECK_MS) this.#checkIn(FIRST_CHECK_MS);
      });
      watcher.on('error', () => {
        this.#unwatch();
      });
      this.#watcher = watcher;
    } catch {
      this.#watcher = null;
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #stopChecking(): void {
    if (this.#checking !== null) clearTimeout(this.#checking);
    this.#checking = null;
    this.#unwatch();
  }

  /** Null if it cannot be read: readers get the error when they read. */
  #readVersion(): unknown {
    try {
      return (this.#version.get() as { data_version: number }).data_version;
    } catch {
      return null;
    }
  }
}
