import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { ItemsAreActorIds } from '#platform/validation/decorators.js';
import { onService } from '../kinds.js';

export class ConfigureOwnersRequest {
  /** The whole list, which replaces the former one. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ItemsAreActorIds()
  engineerIds!: string[];
}

export const configureOwners = onService.define(
  'configure-owners',
  ConfigureOwnersRequest,
  async ({ engineerIds }, given, facts) => ({
    ...given,
    engineerIds,
    engineers: await Promise.all(engineerIds.map(async (id) => facts.engineer(id))),
  }),
);
