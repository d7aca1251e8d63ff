import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventAnswer } from './event-answer.js';
import { streams } from './messages.js';
import { LAST_REVISION, type RecordedEvent } from './recorded-event.js';
import { uuidText } from './uuids.js';

const events: fc.Arbitrary<RecordedEvent> = fc.record({
  id: fc.uuid(),
  type: fc.string({ unit: 'grapheme' }),
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  data: fc.uint8Array({ maxLength: 300, size: 'max' }),
  metadata: fc.uint8Array({ maxLength: 300, size: 'max' }),
  streamName: fc.string({ unit: 'grapheme', minLength: 1 }),
  revision: fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(LAST_REVISION)),
  position: fc.oneof(fc.nat(), fc.maxSafeNat()),
  created: fc.integer({ min: 1, max: 4e12 }),
  answer: fc.constant(null),
});

describe('the answer with an event', () => {
  it('is decoded by the generated code', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (event, structuredIds) => {
        const answer = streams.ReadResp.deserializeBinary(eventAnswer(event, structuredIds));
        const read = answer.getEvent();
        const record = read?.getEvent();
        const id = record?.getId();
        expect(id?.hasStructured()).toBe(structuredIds);
        expect(uuidText(id)).toBe(event.id);
        const name = record?.getStreamIdentifier()?.getStreamName_asU8() ?? [];
        expect(Buffer.from(name).toString('utf8')).toBe(event.streamName);
        const tombstone = event.revision === LAST_REVISION;
        expect(record?.getStreamRevision()).toBe(
          tombstone ? '9223372036854775807' : String(event.revision),
        );
        expect(record?.getCommitPosition()).toBe(String(event.position));
        expect(record?.getPreparePosition()).toBe(String(event.position));
        expect(read?.getCommitPosition()).toBe(String(event.position));
        expect(Buffer.from(record?.getData_asU8() ?? [])).toEqual(Buffer.from(event.data));
        expect(Buffer.from(record?.getCustomMetadata_asU8() ?? [])).toEqual(
          Buffer.from(event.metadata),
        );
        const metadata = record?.getMetadataMap();
        expect(metadata?.get('type')).toBe(event.type);
        expect(metadata?.get('content-type')).toBe(event.contentType);
        expect(metadata?.get('created')).toBe(String(BigInt(event.created) * 10_000n));
      }),
    );
  });

  it('can be long', () => {
    const data = new Uint8Array(200_000).fill(7);
    fc.assert(
      fc.property(events, (event) => {
        const answer = eventAnswer({ ...event, data }, false);
        const read = streams.ReadResp.deserializeBinary(answer).getEvent()?.getEvent();
        expect(Buffer.from(read?.getData_asU8() ?? []).equals(data)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });
});
