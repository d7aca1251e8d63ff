import type { ServiceEvent } from '#ticketing/service/events.js';
import { evolve } from '#ticketing/service/evolve.js';
import { noService, type Service } from '#ticketing/service/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { afterRepeat, GapInStream, type Projection } from './projection.js';

export interface ServiceView {
  readonly service: Service;
  readonly revision: number;
  /** The position of the event of that revision; absent in documents of earlier versions. */
  readonly position?: string;
  readonly updatedAt: string;
}

/** The services, with their owners. */
export const services: Projection<ServiceView> = {
  name: 'services',
  version: 1,
  perStream: true,
  categories: ['service'],
  touches: ({ stream }) => [stream.slice('service-'.length)],
  project: (view, event) => project(view, event as DecodedEvent & ServiceEvent),
  fields: { serviceId: ({ service }) => service.serviceId },
  lists: {},
  indexes: [['serviceId']],
};

function project(view: ServiceView | null, event: DecodedEvent & ServiceEvent): ServiceView | null {
  const seen = view?.revision ?? -1;
  if (view !== null && event.revision <= seen) return afterRepeat(view, event);
  if (event.revision > seen + 1) throw new GapInStream(event, seen);
  const service = evolve(view?.service ?? noService, event);
  if (service.state === 'none') return null;
  const position = event.position.toString();
  return { service, revision: event.revision, position, updatedAt: event.at };
}
