import { Injectable } from '@nestjs/common';
import { Views } from '#projections/views.js';

/** What a group is called: services and engineers have names beside their ids. */
@Injectable()
export class GroupNames {
  constructor(private readonly readModels: Views) {}

  /** @returns the name, or null where there is none to tell */
  async of(dimension: string, key: string | null): Promise<string | null> {
    if (key === null) return null;
    switch (dimension) {
      case 'service':
        return (await this.readModels.services.get(key))?.service.name ?? null;
      case 'handler':
      case 'owner':
        return (await this.readModels.engineers.get(key))?.displayName ?? null;
      default:
        return null;
    }
  }
}
