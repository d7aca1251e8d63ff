import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional } from 'class-validator';
import { IsLine, ItemsAreLines } from '#platform/validation/decorators.js';
import { onService } from '../kinds.js';

export class PutServiceRequest {
  @IsLine(200)
  name!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @ItemsAreLines(64)
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
