import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  HasFormat,
  IsLine,
  IsMobile,
  IsActorId,
  IsSlug,
  IsText,
  IsTimeOfDay,
} from '../validation/decorators.js';

/** Request classes with every kind of member. */
export class SamplePeriodRequest {
  @IsTimeOfDay()
  from!: string;

  @HasFormat('iana-time-zone')
  timeZone!: string;
}

export class SampleContactRequest {
  @IsOptional()
  @IsMobile()
  mobile?: string;

  @IsOptional()
  @HasFormat('email')
  email?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => SamplePeriodRequest)
  period?: SamplePeriodRequest;
}

export class SampleRequest {
  @IsText(10)
  text!: string;

  @IsOptional()
  @IsLine(10)
  note?: string;

  @IsOptional()
  @IsSlug()
  service?: string;

  @IsOptional()
  @IsActorId()
  person?: string;

  @IsOptional()
  @HasFormat('uuid')
  id?: string;

  @IsOptional()
  @HasFormat('date-time')
  at?: string;

  @IsOptional()
  @IsIn(['high', 'low'])
  severity?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  rating?: number;

  @IsOptional()
  @IsBoolean()
  accepted?: boolean;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @IsString({ each: true })
  people?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => SampleContactRequest)
  contact?: SampleContactRequest;
}

export class SampleQueryRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @IsOptional()
  @IsArray()
  @IsIn(['open', 'closed'], { each: true })
  state?: string[];

  @IsOptional()
  @IsText(20)
  q?: string;
}
