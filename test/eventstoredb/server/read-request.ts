import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { eventFilterOf, type EventFilter } from './event-filter.js';
import { streams } from './messages.js';
import { invalidArgument, type Refusal } from './refusals.js';

/** The start of a read. */
export type From = 'start' | 'end' | number;

interface Common {
  readonly backwards: boolean;
  /** The maximum number of events; null for a subscription. */
  readonly count: number | null;
  /** Whether ids are two numbers instead of text. */
  readonly structuredIds: boolean;
}

export interface StreamRead extends Common {
  readonly kind: 'stream';
  readonly name: string;
  readonly from: From;
  /** Whether the client gets the first and last revision of a stream. */
  readonly tellsRevisions: boolean;
}

export interface AllRead extends Common {
  readonly kind: 'all';
  readonly from: From;
  readonly filter: EventFilter | null;
}

export type ReadRequest = StreamRead | AllRead;

/** Parses a request, or returns the reason why it cannot be answered. */
export function readRequestOf(request: ReadReq): ReadRequest | Refusal {
  const options = request.getOptions();
  const uuids = options?.getUuidOption();
  if (options === undefined || uuids === undefined) {
    return invalidArgument("'uuidOption' is a required argument.");
  }
  const common = {
    backwards: options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS,
    count: options.hasSubscription() ? null : Number(options.getCount()),
    structuredIds: !uuids.hasString(),
  };
  const stream = options.getStream();
  if (stream !== undefined) {
    return {
      kind: 'stream',
      name: Buffer.from(stream.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
      from: fromOf(stream, () => stream.getRevision()),
      tellsRevisions: (options.getControlOption()?.getCompatibility() ?? 0) >= 1,
      ...common,
    };
  }
  const all = options.getAll();
  if (all === undefined) return invalidArgument('Neither a stream nor $all is asked for.');
  const filter = options.getFilter();
  return {
    kind: 'all',
    from: fromOf(all, () => all.getPosition()?.getCommitPosition() ?? '0'),
    filter: filter === undefined ? null : eventFilterOf(filter),
    ...common,
  };
}

function fromOf(options: { hasStart(): boolean; hasEnd(): boolean }, exact: () => string): From {
  if (options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : Number(exact());
}
