/** The streams' names: one stream a ticket, a service, an engineer. */
export const ticketStream = (ticketId: string): string => `ticket-${ticketId}`;
export const serviceStream = (serviceId: string): string => `service-${serviceId}`;
export const engineerStream = (engineerId: string): string => `engineer-${engineerId}`;
