import { StoreUnavailable } from './event-store.js';

/** What the log lacks of the events that were acknowledged. */
export interface LogLoss {
  /** The number of events; null if it cannot be known. */
  readonly events: number | null;
  /** How many are known to be lost, if there may be more; only where `events` is null. */
  readonly atLeastEvents?: number;
  /** The time of the last event that is left, ISO 8601; null if all are lost, or if it is unknown. */
  readonly since: string | null;
  /** When the last of them was acknowledged, ISO 8601. */
  readonly until: string;
  /** The position of the last of them. */
  readonly acknowledgedPosition: string;
  /** The end of the log, where the loss was found. */
  readonly endPosition: string;
}

/** An operator has accepted that events are lost: commands go on from the end of the log. */
export interface LogLossAccepted {
  readonly type: 'LogLossAccepted';
  readonly data: LogLoss;
}

/** Events about the log as a whole. */
export type LogEvent = LogLossAccepted;

/** The stream of the events about the log as a whole. */
export const LOG_STREAM = 'log';

/** Whether events accept a loss: a store that refuses others for it appends them, and goes on. */
export const acceptsLoss = (events: readonly { readonly type: string }[]): boolean =>
  events.some(({ type }) => type === ('LogLossAccepted' satisfies LogEvent['type']));

/** Appends are refused until an operator has acted. The message has no content and no file name. */
export class AppendsRefused extends StoreUnavailable {
  override readonly name = 'AppendsRefused';
  constructor(
    reason: string,
    /** What was lost, if that is why. */
    readonly loss: LogLoss | null = null,
  ) {
    super(reason);
  }
}

/** A loss in words. */
export function wordsOf(loss: LogLoss): string {
  const { since, until, acknowledgedPosition, endPosition } = loss;
  const begin = since === null ? beginningOf(loss) : `since ${since}`;
  return `${countOf(loss)} acknowledged events are missing in the log ${begin} until ${until}: position ${acknowledgedPosition} was acknowledged, and the log ends at ${endPosition} or has another event there. It was cut, restored from a backup or exchanged.`;
}

/** How many events are lost, in words. */
export const countOf = ({
  events,
  atLeastEvents = 1,
}: Pick<LogLoss, 'events' | 'atLeastEvents'>): string =>
  events === null ? `At least ${atLeastEvents}` : `${events}`;

const beginningOf = ({ events }: LogLoss): string =>
  events === null ? 'since an unknown time' : 'from its beginning';

export const lossRefusal = (loss: LogLoss): AppendsRefused =>
  new AppendsRefused(
    `${wordsOf(loss)} Commands are refused. Put the right log back and start again, or accept the loss: tickets log accept-loss.`,
    loss,
  );
