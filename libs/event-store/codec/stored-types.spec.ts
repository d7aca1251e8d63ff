import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HistoryDamaged } from '../history.js';
import type { JsonObject } from '../event-store.js';
import { canonicalJson } from '../integrity/canonical-json.js';
import {
  engineerEvents,
  logEvents,
  serviceEvents,
  ticketEvents,
} from '../testing/todays-events.js';
import { UnknownStoredEvent, type Codec, type StoredForm } from './codec.js';
import { engineerCodec, logCodec, serviceCodec, ticketCodec, ticketTypes } from './stored-types.js';

/**
 * Samples of every version of every stored type. The format is public: never change or remove an
 * entry, only add new versions.
 */
const fixture = JSON.parse(
  readFileSync(
    new URL('../../../../libs/event-store/codec/stored-events.fixture.json', import.meta.url),
    'utf8',
  ),
) as Record<'ticket' | 'service' | 'engineer' | 'log', readonly StoredForm[]>;

/** A stored form in a stream. */
const inStream = (form: StoredForm) => ({ ...form, stream: 'any', revision: 0, position: 0n });

type AnyEvent = { readonly type: string; readonly data: unknown };

const kinds = [
  { kind: 'ticket', codec: ticketCodec as Codec<AnyEvent>, today: ticketEvents },
  { kind: 'service', codec: serviceCodec as Codec<AnyEvent>, today: serviceEvents },
  { kind: 'engineer', codec: engineerCodec as Codec<AnyEvent>, today: engineerEvents },
  { kind: 'log', codec: logCodec as Codec<AnyEvent>, today: logEvents },
] as const;

it('has a sample of every stored event of a ticket', () => {
  expect(Object.keys(ticketEvents)).toEqual(Object.keys(ticketTypes));
});

describe.each(kinds)('the stored events of a $kind', ({ kind, codec, today }) => {
  const stored = fixture[kind];
  const events = Object.entries(today).map(([type, data]): AnyEvent => ({ type, data }));

  it.each(events)('of type $type are written today as the fixture has them', (event) => {
    const written = codec.encode(event);
    expect(stored).toContainEqual(written);
  });

  it.each(stored)('of type $type, version $schemaVersion, are the events of today', (one) => {
    const event = events.find(({ type }) => type === one.type);
    expect(codec.decode(inStream(one))).toStrictEqual(event);
  });

  it.each(events)('of type $type have every version there ever was in the fixture', (event) => {
    const { schemaVersion } = codec.encode(event);
    const versions = stored.filter(({ type }) => type === event.type);
    expect(versions.map((one) => one.schemaVersion)).toStrictEqual(
      Array.from({ length: schemaVersion }, (_, index) => index + 1),
    );
  });

  it.each(stored)('of type $type, version $schemaVersion, have the shape of their type', (one) => {
    for (const member of Object.keys(one.data)) {
      const changed = { ...one, data: { ...one.data, [member]: [{}] } };
      expect(() => codec.decode(inStream(changed))).toThrow(HistoryDamaged);
    }
  });

  it.each(events)('of type $type and a later version are refused', (event) => {
    const { schemaVersion } = codec.encode(event);
    const later = { ...event, data: event.data as JsonObject, schemaVersion: schemaVersion + 1 };
    expect(() => codec.decode(inStream(later))).toThrow(UnknownStoredEvent);
  });

  it.each(events)('of type $type are the same after a round through the log', (event) => {
    const { type, schemaVersion, data } = codec.encode(event);
    const text = canonicalJson({ type, schemaVersion, data: data as JsonObject });
    expect(codec.decode(inStream(JSON.parse(text) as StoredForm))).toStrictEqual(event);
  });

  it('are unknown to the other kinds', () => {
    for (const other of kinds.filter((one) => one.kind !== kind)) {
      for (const one of stored)
        expect(() => other.codec.decode(inStream(one))).toThrow(UnknownStoredEvent);
    }
  });
});
