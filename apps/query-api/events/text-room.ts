import type { ServerResponse } from 'node:http';
import type { Answer } from '#platform/http/answers.js';

/** Room for the text that a stream makes, until its client has read it. */
export interface TextRoom {
  /** Waits for room for a text, or for the end of the stream. */
  take(): Promise<void>;
  /** Gives the room back: there is nothing to send. */
  giveBack(): void;
  /** Keeps as much room as the text needs that is sent next. */
  keep(bytes: number): void;
  /** Waits until the text is sent or the stream ends, and gives the room back. */
  sent(): Promise<void>;
}

/** Room among all that the callers of the process have not read. */
export function textRoomOf(held: Answer, raw: ServerResponse, signal: AbortSignal): TextRoom {
  return {
    take: () =>
      doneOrAborted(signal, (done) => {
        held.whenRoom(done);
      }),
    giveBack: () => {
      held.hold(0);
    },
    keep: (bytes) => {
      held.hold(bytes);
    },
    sent: async () => {
      // Node sends in order: this is done when the kernel has taken everything before it.
      await doneOrAborted(signal, (done) => raw.write('', done));
      held.hold(0);
    },
  };
}

const doneOrAborted = (signal: AbortSignal, begin: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
    else begin(done);
  });
