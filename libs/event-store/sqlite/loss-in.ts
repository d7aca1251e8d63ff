import type { LogLoss } from '../log-loss.js';
import type { Mark } from '../log-mark.js';
import type { OpenLog } from './open-log.js';

/** What a log lacks of the events that were acknowledged; null if it has them all. */
export function lossIn(
  log: Pick<OpenLog, 'id' | 'end' | 'hasEvent' | 'lastTime'>,
  mark: Mark | null,
): LogLoss | null {
  if (mark === null) return null;
  const acknowledged = Number(mark.position);
  if (log.hasEvent(acknowledged, mark.hash)) return null;
  const { position: end } = log.end;
  const isSameLog = log.id === mark.logId;
  // A log that went back and has grown again does not show where it went back to.
  const common = isSameLog && end < acknowledged ? end : null;
  return {
    events: isSameLog ? common && acknowledged - common : acknowledged + 1,
    since: common === null ? null : log.lastTime(),
    until: mark.at,
    acknowledgedPosition: mark.position,
    endPosition: String(end),
  };
}
