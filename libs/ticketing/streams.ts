/** The streams' names: one stream a ticket, a service, an engineer. */
export const ticketStream = (ticketId: string): string => `ticket-${ticketId}`;
export const serviceStream = (serviceId: string): string => `service-${serviceId}`;
export const engineerStream = (engineerId: string): string => `engineer-${engineerId}`;

export type StreamKind = 'ticket' | 'service' | 'engineer';
const kinds: readonly StreamKind[] = ['ticket', 'service', 'engineer'];

/** What a stream is about; null for a stream that is none of the domain's. */
export function subjectOf(
  stream: string,
): { readonly kind: StreamKind; readonly id: string } | null {
  const kind = kinds.find((one) => stream.startsWith(`${one}-`));
  return kind === undefined ? null : { kind, id: stream.slice(kind.length + 1) };
}
