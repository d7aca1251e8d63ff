import { BackwardsWriter } from './backwards-writer.js';
import { LAST_REVISION, type RecordedEvent } from './recorded-event.js';
import { uuidBits } from './uuids.js';

const writer = new BackwardsWriter();

/** The maximum size of an answer besides texts and content. */
const OVERHEAD_BYTES = 300;

/** The message with an event, `ReadResp`; encoded once for all readers. */
export function eventAnswer(event: RecordedEvent, structuredIds: boolean): Buffer {
  if (structuredIds) return encode(event, true);
  event.answer ??= encode(event, false);
  return event.answer;
}

function encode(event: RecordedEvent, structuredIds: boolean): Buffer {
  const texts = event.streamName.length + event.type.length + event.contentType.length;
  return writer
    .begin(event.data.length + event.metadata.length + texts * 3 + OVERHEAD_BYTES)
    .nested(1, (answer) => {
      answer.number(3, event.position).nested(1, (record) => {
        writeRecord(record, event, structuredIds);
      });
    })
    .take();
}

/** `ReadResp.ReadEvent.RecordedEvent` */
function writeRecord(record: BackwardsWriter, event: RecordedEvent, structuredIds: boolean): void {
  record
    .bytes(8, event.data)
    .bytes(7, event.metadata)
    .entry(6, 'content-type', event.contentType)
    // Ticks of 100 nanoseconds.
    .entry(6, 'created', `${event.created}0000`)
    .entry(6, 'type', event.type)
    .number(5, event.position)
    .number(4, event.position)
    // Numbers cannot hold the largest one exactly.
    .number(3, event.revision === LAST_REVISION ? 2n ** 63n - 1n : event.revision)
    .nested(2, (stream) => stream.text(3, event.streamName))
    .nested(1, (id) => {
      if (structuredIds) writeBits(id, event.id);
      else id.text(2, event.id);
    });
}

function writeBits(id: BackwardsWriter, text: string): void {
  const [most, least] = uuidBits(text);
  id.nested(1, (bits) =>
    bits.number(2, BigInt.asUintN(64, least)).number(1, BigInt.asUintN(64, most)),
  );
}
