import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from './recorded-event.js';

type FilterOptions = ReadReq.Options.FilterOptions;

/** Which events of `$all` a reader wants, and how often it hears how far the search has come. */
export interface EventFilter {
  readonly admits: (event: RecordedEvent) => boolean;
  /** Behind so many events that were looked at, a subscription is sent a checkpoint. */
  readonly checkpointInterval: number;
}

/** EventStoreDB's search window where a client names none. */
const DEFAULT_WINDOW_EVENTS = 32;

export function eventFilterOf(options: FilterOptions): EventFilter {
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW_EVENTS;
  return {
    admits: predicateOf(options),
    checkpointInterval: window * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
}

function predicateOf(options: FilterOptions): (event: RecordedEvent) => boolean {
  const byType = options.getEventType();
  const matches = matcher(byType ?? options.getStreamIdentifier());
  return byType === undefined
    ? ({ streamName }) => matches(streamName)
    : ({ type }) => matches(type);
}

function matcher(expression?: ReadReq.Options.FilterOptions.Expression): (text: string) => boolean {
  const pattern = expression?.getRegex() ?? '';
  if (pattern !== '') {
    const regex = new RegExp(pattern, 'u');
    return (text) => regex.test(text);
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (text) => prefixes.some((prefix) => text.startsWith(prefix));
}
