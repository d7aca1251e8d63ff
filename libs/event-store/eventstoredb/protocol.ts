import protobuf, { type Type } from 'protobufjs';

/**
 * The part of EventStoreDB's protocol that is used for every event, with the names and numbers of its
 * `streams.proto` and `shared.proto`; other fields are skipped. The client's own
 * codec builds every part of every message, which costs
 * several times as much.
 */
const { root } = protobuf.parse(`
  syntax = "proto3";

  message ReadResp {
    message ReadEvent {
      message RecordedEvent {
        UUID id = 1;
        StreamIdentifier stream_identifier = 2;
        uint64 stream_revision = 3;
        uint64 commit_position = 5;
        map<string, string> metadata = 6;
        bytes custom_metadata = 7;
        bytes data = 8;
      }
      RecordedEvent event = 1;
    }
    message Checkpoint {
      uint64 commit_position = 1;
    }
    ReadEvent event = 1;
    Checkpoint checkpoint = 3;
  }

  message BatchAppendReq {
    message Options {
      StreamIdentifier stream_identifier = 1;
      oneof expected_stream_position {
        uint64 stream_position = 2;
        Empty no_stream = 3;
      }
      Timestamp deadline = 6;
    }
    message ProposedMessage {
      UUID id = 1;
      map<string, string> metadata = 2;
      bytes custom_metadata = 3;
      bytes data = 4;
    }
    UUID correlation_id = 1;
    Options options = 2;
    repeated ProposedMessage proposed_messages = 3;
    bool is_final = 4;
  }

  message BatchAppendResp {
    message Success {
      AllStreamPosition position = 3;
    }
    UUID correlation_id = 1;
    Empty error = 2;
    Success success = 3;
  }

  message UUID {
    message Structured {
      int64 most_significant_bits = 1;
      int64 least_significant_bits = 2;
    }
    oneof value {
      Structured structured = 1;
      string string = 2;
    }
  }
  message StreamIdentifier {
    bytes stream_name = 3;
  }
  message AllStreamPosition {
    uint64 commit_position = 1;
  }
  message Timestamp {
    int64 seconds = 1;
    int32 nanos = 2;
  }
  message Empty {}
`);

export const ReadResp = root.lookupType('ReadResp');
export const BatchAppendReq = root.lookupType('BatchAppendReq');
export const BatchAppendResp = root.lookupType('BatchAppendResp');

/** Encodes a message. In Node protobufjs returns a Buffer. */
export const bytesOf = (type: Type, message: object): Buffer =>
  type.encode(message).finish() as Buffer;

/** A 64-bit number as decoded. */
export interface Long {
  readonly high: number;
  readonly low: number;
}

export const bigintOf = ({ high, low }: Long): bigint =>
  (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);

/** A UUID. It is sent as text; servers answer in either form. */
export interface Uuid {
  readonly string: string;
  readonly structured: {
    readonly mostSignificantBits: Long;
    readonly leastSignificantBits: Long;
  } | null;
}

export function uuidIn({ string, structured }: Uuid): string {
  if (structured === null) return string;
  const { mostSignificantBits: most, leastSignificantBits: least } = structured;
  return [most.high, most.low, least.high, least.low]
    .map((bits) => (bits >>> 0).toString(16).padStart(8, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
