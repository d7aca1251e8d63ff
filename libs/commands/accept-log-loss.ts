import type { CommandContext } from '#event-sourcing/command-runner.js';
import { logCodec } from '#event-store/codec/stored-types.js';
import { NO_STREAM, type EventStore, type Position } from '#event-store/event-store.js';
import { LOG_STREAM, type LogLoss } from '#event-store/log-loss.js';

/**
 * Appends the event that accepts a loss, so that the log takes commands again.
 *
 * @returns the event's position
 */
export async function acceptLogLoss(
  log: EventStore,
  loss: LogLoss,
  { commandId, at, actor, correlationId, causationId }: CommandContext,
): Promise<Position> {
  const stored = logCodec.encode({ type: 'LogLossAccepted', data: loss });
  const metadata = { actor: { ...actor, role: 'admin' }, commandId, correlationId, causationId };
  const newest = { direction: 'backwards', limit: 1 } as const;
  const [last = NO_STREAM] = await log.readStream(LOG_STREAM, newest);
  const event = { ...stored, id: commandId, at, metadata };
  return (await log.append(LOG_STREAM, last, [event])).position;
}
