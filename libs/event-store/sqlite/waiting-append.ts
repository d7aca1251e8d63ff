import {
  EventIdTaken,
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
} from '../event-store.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';

/** An append whose caller waits for its outcome. */
export interface WaitingAppend {
  readonly append: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Answers the caller of an append.
 *
 * @param result - a number is the position of the last event of a successful append
 * @param refusal - why the log refuses appends now: it explains a failure better than the failure
 */
export function settle(
  { append, resolve, reject }: WaitingAppend,
  result: number | AppendOutcome,
  refusal: StoreUnavailable | null,
): void {
  const { stream, expected, events } = append;
  const outcome: AppendOutcome =
    typeof result === 'number'
      ? { kind: 'appended', position: result, hash: events.at(-1)?.hash ?? expected.hash }
      : result;
  switch (outcome.kind) {
    case 'appended':
    case 'repeated': {
      const head = { revision: expected.revision + events.length, hash: outcome.hash };
      const position = BigInt(outcome.position);
      resolve({ head, position, repeated: outcome.kind === 'repeated' });
      return;
    }
    case 'wrong_expected_revision':
      reject(new WrongExpectedRevision(stream, expected));
      return;
    case 'event_id_taken':
      reject(new EventIdTaken(stream));
      return;
    case 'unavailable':
      reject(refusal ?? new StoreUnavailable(outcome.reason));
  }
}
