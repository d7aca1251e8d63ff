import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from './recorded-event.js';

type FilterOptions = ReadReq.Options.FilterOptions;

/** A filter of `$all`, and the interval of checkpoints. */
export interface EventFilter {
  readonly admits: (event: RecordedEvent) => boolean;
  /** The number of examined events after which a subscription gets a checkpoint. */
  readonly checkpointInterval: number;
}

/** EventStoreDB's default search window. */
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
