/** Stream names. There is one stream for each ticket, service and engineer. */
export const ticketStream = (ticketId: string): string => `ticket-${ticketId}`;
export const serviceStream = (serviceId: string): string => `service-${serviceId}`;
export const engineerStream = (engineerId: string): string => `engineer-${engineerId}`;

export type StreamKind = 'ticket' | 'service' | 'engineer';
const kinds: readonly StreamKind[] = ['ticket', 'service', 'engineer'];

/** The kind and id of a stream's subject; null for other streams. */
export function subjectOf(
  stream: string,
): { readonly kind: StreamKind; readonly id: string } | null {
  const kind = kinds.find((one) => stream.startsWith(`${one}-`));
  return kind === undefined ? null : { kind, id: stream.slice(kind.length + 1) };
}
