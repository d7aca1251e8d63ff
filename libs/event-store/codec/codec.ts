import type { EventToAppend, JsonObject, RecordedEvent } from '../event-store.js';
import { requireIntact, wrongShape, type DamagedPlace } from '../history.js';
import type { Shape } from './shape.js';

/** A stored event's type, version and data. It is a public format that outlives the code. */
export type StoredForm = Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>;

/** What the codec reads of a recorded event. */
export type StoredRecord = StoredForm & DamagedPlace & Pick<RecordedEvent, 'damage'>;

/** How one type of event is stored. */
export interface StoredType<Data = unknown> {
  /** The version that today's code writes, from 1. */
  readonly version: number;
  /** What the data of this version look like. */
  readonly shape: Shape<Data>;
  /** Converts the data of a version to the next version, by the version converted from. */
  readonly upcasters?: { readonly [version: number]: (data: JsonObject) => JsonObject };
}

/** How every type of a union of events is stored. */
export type StoredTypes<Event extends { readonly type: string; readonly data: unknown }> = {
  readonly [Type in Event['type']]: StoredType<Extract<Event, { readonly type: Type }>['data']>;
};

/** Converts between stored versions and today's events. */
export interface Codec<Event> {
  encode(event: Event): StoredForm;
  /**
   * @throws HistoryDamaged for a record that is not what was appended, or has not its type's shape
   * @throws UnknownStoredEvent for a type or version that this code does not know
   */
  decode(stored: StoredRecord): Event;
}

export class UnknownStoredEvent extends Error {
  override readonly name = 'UnknownStoredEvent';
}

/** A codec from a table that names every stored type and its version. */
export function createCodec<Event extends { readonly type: string; readonly data: unknown }>(
  types: StoredTypes<Event>,
): Codec<Event> {
  const table = new Map<string, StoredType>(Object.entries(types));
  return {
    encode: ({ type, data }) => ({
      type,
      schemaVersion: types[type as Event['type']].version,
      data: data as JsonObject,
    }),
    decode: (recorded) => {
      requireIntact(recorded);
      const { type, schemaVersion } = recorded;
      const stored = table.get(type);
      if (stored === undefined || schemaVersion > stored.version) {
        throw new UnknownStoredEvent(
          `The log contains ${type} version ${schemaVersion}, which this version does not know. Run the version that wrote it, or a later one.`,
        );
      }
      const data = upcast(stored, recorded);
      if (!stored.shape(data)) throw wrongShape(recorded);
      return { type, data } as unknown as Event;
    },
  };
}

function upcast(stored: StoredType, { type, schemaVersion, data }: StoredRecord): JsonObject {
  let current = data as JsonObject;
  for (let version = schemaVersion; version < stored.version; version++) {
    const upcaster = stored.upcasters?.[version];
    if (upcaster === undefined) {
      throw new UnknownStoredEvent(`${type} version ${version} has no upcaster.`);
    }
    current = upcaster(current);
  }
  return current;
}
