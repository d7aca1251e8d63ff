import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { withoutPrivateData } from '#ticketing/ticket/visibility.js';

/** An event as the history and the live updates show it. */
export const eventAnswer = ({ revision, position, type, at, metadata, data }: DecodedEvent) => ({
  revision,
  position: position.toString(),
  type,
  at,
  actor: metadata.actor,
  data: withoutPrivateData(data),
});
