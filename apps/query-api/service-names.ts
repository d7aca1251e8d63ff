import { Injectable } from '@nestjs/common';
import { Views } from '#projections/views.js';
import type { ServiceName } from './tickets/ticket-item.js';

/** Looks up the present names of services, for tickets, which have only the id. */
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
