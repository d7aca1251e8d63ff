import { Injectable } from '@nestjs/common';
import { Views } from '#projections/views.js';

/** The display names of groups: services and engineers have one besides their id. */
@Injectable()
export class GroupNames {
  constructor(private readonly readModels: Views) {}

  /** @returns null for a group without a name */
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
