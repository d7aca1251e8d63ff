import { applyDecorators } from '@nestjs/common';
import { Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/**
 * The decorators that request classes are written with. Each stands for a JSON Schema keyword, from
 * which both the validators and the OpenAPI document are made.
 */

/** Whole characters only: half a surrogate pair cannot be stored as UTF-8. */
const WELL_FORMED = /^\P{Cs}*$/u;
const NOT_BLANK = /^(?=\s*\S)\P{Cs}*$/u;

/** Text that people write: not blank, 1 to `longest` characters. */
export const IsText = (longest: number) =>
  applyDecorators(MinLength(1), MaxLength(longest), Matches(NOT_BLANK));

/** Text that may be blank: 0 to `longest` characters. */
export const IsAnyText = (longest: number) =>
  applyDecorators(MaxLength(longest), Matches(WELL_FORMED));

const PERSON_ID = /^[^\p{C}/]+$/u;

/** The id of a person: an engineer, a customer, or an organisation. 1 to 128 printable characters. */
export const IsPersonId = () => applyDecorators(MinLength(1), MaxLength(128), Matches(PERSON_ID));

/** The same for the items of a list, which the decorators above do not reach. */
export const ItemsAreText = (longest: number) =>
  JSONSchema({ items: { ...text, maxLength: longest, pattern: NOT_BLANK.source } });

export const ItemsArePersonIds = () =>
  JSONSchema({ items: { ...text, maxLength: 128, pattern: PERSON_ID.source } });

const text = { type: 'string', minLength: 1 } as const;

/** The id of a service: a slug. */
export const IsSlug = () =>
  applyDecorators(MinLength(1), MaxLength(64), Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/));

/** A mobile number as E.164 has it, such as `+390612345678`. */
export const IsMobile = () => Matches(/^\+[1-9]\d{6,14}$/);

/** A time of day, `HH:MM`. */
export const IsTimeOfDay = () => Matches(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A string format that `validator.ts` knows. */
export const HasFormat = (format: 'iana-time-zone' | 'email' | 'uuid' | 'date-time') =>
  applyDecorators(
    ValidateBy({ name: 'hasFormat', constraints: [format], validator: () => true }),
    JSONSchema({ type: 'string', format }),
  );
