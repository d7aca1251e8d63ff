import { IsBoolean, IsOptional, MaxLength } from 'class-validator';
import { HasFormat, IsLine } from '#platform/validation/decorators.js';
import { onEngineer } from '../kinds.js';

export class PutEngineerRequest {
  @IsLine(200)
  displayName!: string;

  @MaxLength(254)
  @HasFormat('email')
  email!: string;

  /** Whether tickets may be given to them. @default true */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

export const putEngineer = onEngineer.define(
  'put-engineer',
  PutEngineerRequest,
  ({ displayName, email, active }, given) => ({ ...given, displayName, email, active }),
);
