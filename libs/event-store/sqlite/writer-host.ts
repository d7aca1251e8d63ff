import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppendsRefused } from '../log-loss.js';
import type { AppendOutcome } from './append-request.js';
import type { Refusal } from './log-writer.js';
import type { FromWriter, PackedGroup, ToWriter, WriterData } from './protocol.js';
import { Silence } from './silence.js';

/** The delays before the writer is started again: after its first death, its second, and so on. */
const RESTART_DELAYS_MS = [0, 100, 500, 2_000, 5_000] as const;
/** A writer that has lived this long is sound: after its death the delays begin again. */
const SOUND_AFTER_MS = 30_000;

interface WriterEvents {
  /** The outcomes of the group that was sent. */
  answered: [outcomes: readonly (number | AppendOutcome)[]];
  /** The thread begins or ends to refuse appends, or is heard again after a silence. */
  refused: [];
  /** The thread hangs, or its disk does: the group in progress may or may not be written, and when. */
  silent: [];
  /** The thread has died: the group in progress may or may not be on disk. */
  died: [error: Error, restartDelayMs: number];
  restarted: [];
}

/** Runs the writer thread, and starts another one if it dies. */
export class WriterHost extends EventEmitter<WriterEvents> {
  /** The thread that was started last. */
  #thread: Worker | null = null;
  #silence: Silence | null = null;
  #isRunning = false;
  #logId: string | undefined;
  #refusal: Refusal | null = null;
  #startedAt = 0;
  /** Deaths in a row. */
  #deaths = 0;
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  private constructor(private readonly folder: string) {
    super();
  }

  /** @throws UnusableDataFile (by name) if the log cannot be used. */
  static async start(folder: string): Promise<WriterHost> {
    const host = new WriterHost(folder);
    await host.#start();
    return host;
  }

  /** Why the thread refuses appends; null if it accepts them. */
  get refusal(): AppendsRefused | null {
    return this.#refusal && new AppendsRefused(this.#refusal.reason, this.#refusal.loss);
  }

  /** Whether a group can be sent. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Whether the thread hangs. */
  get isSilent(): boolean {
    return this.#silence?.isSilent === true;
  }

  send(group: PackedGroup): void {
    this.#thread?.postMessage(group satisfies ToWriter);
  }

  /** Closes the log, or terminates a thread that hangs. Resolves when the thread has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#thread?.postMessage('close' satisfies ToWriter);
    if (this.isSilent) await this.#thread?.terminate();
    await this.#ended;
  }

  /** Resolves once the thread has opened the log. */
  async #start(): Promise<void> {
    const thread = new Worker(new URL('./writer-thread.js', import.meta.url), {
      workerData: { folder: this.folder, logId: this.#logId } satisfies WriterData,
      // It keeps nothing for long: without a limit garbage would accumulate.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#thread = thread;
    const silence = (this.#silence = new Silence(() => {
      this.emit('silent');
      if (this.#stop.signal.aborted) void thread.terminate();
    }));
    let failure = new Error('it ended without an error');
    thread.on('error', (error) => (failure = error));
    const exited = new Promise<void>((resolve) =>
      thread.once('exit', () => {
        silence.end();
        resolve();
      }),
    );
    await new Promise<void>((resolve, reject) => {
      thread.once('message', ({ logId, refusal }: FromWriter) => {
        silence.heard();
        this.#logId = logId;
        this.#refusal = refusal;
        resolve();
      });
      thread.once('exit', () => {
        reject(failure);
      });
    });
    thread.on('message', ({ outcomes, refusal }: FromWriter) => {
      const isBack = silence.heard();
      if (isBack || refusal?.reason !== this.#refusal?.reason) {
        this.#refusal = refusal;
        this.emit('refused');
      }
      if (outcomes !== undefined) this.emit('answered', outcomes);
    });
    if (this.#stop.signal.aborted) return exited;
    this.#isRunning = true;
    this.#startedAt = performance.now();
    this.#ended = exited.then(() => {
      this.#isRunning = false;
      return this.#stop.signal.aborted ? undefined : this.#restart(failure);
    });
  }

  async #restart(death: Error): Promise<void> {
    if (performance.now() - this.#startedAt > SOUND_AFTER_MS) this.#deaths = 0;
    const { signal } = this.#stop;
    for (let error = death; ; this.#deaths += 1) {
      const last = RESTART_DELAYS_MS.length - 1;
      const delayMs = RESTART_DELAYS_MS[Math.min(this.#deaths, last)] ?? 0;
      this.emit('died', error, delayMs);
      // It rejects only when the log is closed, which the next line sees.
      await pause(delayMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#start();
        this.#deaths += 1;
        this.emit('restarted');
        return;
      } catch (failure) {
        error = failure as Error;
      }
    }
  }
}
