import { Injectable } from '@nestjs/common';
import { Views } from '#projections/views.js';
import type { ServiceName } from './tickets/ticket-item.js';

/** Names of services, as they are now, for the tickets that name a service by its id. */
@Injectable()
export class ServiceNames {
  constructor(private readonly readModels: Views) {}

  async of(ids: Iterable<string>): Promise<(id: string) => ServiceName> {
    const names = new Map<string, string>();
    for (const id of new Set(ids)) {
      const view = await this.readModels.services.get(id);
      names.set(id, view?.service.name ?? id);
    }
    return (id) => ({ id, name: names.get(id) ?? id });
  }
}
