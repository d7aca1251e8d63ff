import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional } from 'class-validator';
import { IsText, ItemsAreText } from '#platform/validation/decorators.js';
import { onService } from '../kinds.js';

export class PutServiceRequest {
  @IsText(200)
  name!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @ItemsAreText(64)
  issueTypes?: string[];

  /** Whether it takes new tickets. @default true */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

export const putService = onService.define(
  'put-service',
  PutServiceRequest,
  ({ name, issueTypes, active }, given) => ({ ...given, name, issueTypes, active }),
);
