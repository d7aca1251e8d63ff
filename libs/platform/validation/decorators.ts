// All of Nest takes long to load, and the command line needs these decorators alone.
import { applyDecorators } from '@nestjs/common/decorators/core/apply-decorators.js';
import { Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { Format } from './formats.js';

/**
 * The decorators of request classes. Each one maps to JSON Schema keywords, from which both the
 * validators and the OpenAPI document are made. Patterns keep to JSON Schema's portable subset.
 */

/** A string of a format that `formats.ts` defines. */
export const HasFormat = (format: Format) =>
  applyDecorators(
    ValidateBy({ name: 'hasFormat', constraints: [format], validator: () => true }),
    JSONSchema({ type: 'string', format }),
  );

/** Text that people write: not blank, 1 to `maxLength` characters. */
export const IsText = (maxLength: number) =>
  applyDecorators(MinLength(1), MaxLength(maxLength), HasFormat('text'));

/** The same on one line, such as a name. */
export const IsLine = (maxLength: number) =>
  applyDecorators(MinLength(1), MaxLength(maxLength), HasFormat('line'));

/** The id of a person or an organisation, as in tokens: 1 to 128 printable characters. */
export const IsActorId = () => applyDecorators(MinLength(1), MaxLength(128), HasFormat('actor-id'));

/** The same for the items of a list. */
export const ItemsAreLines = (maxLength: number) =>
  JSONSchema({ items: { ...itemText, maxLength, format: 'line' } });

export const ItemsAreActorIds = () =>
  JSONSchema({ items: { ...itemText, maxLength: 128, format: 'actor-id' } });

const itemText = { type: 'string', minLength: 1 } as const;

/** The id of a service: a slug. */
export const IsSlug = () =>
  applyDecorators(MinLength(1), MaxLength(64), Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/));

/** A mobile number in E.164, such as `+390612345678`. */
export const IsMobile = () => Matches(/^[+][1-9][0-9]{6,14}$/);

/** A time of day, `HH:MM`. */
export const IsTimeOfDay = () =>
  applyDecorators(Matches(/^([01][0-9]|2[0-3]):[0-5][0-9]$/), JSONSchema({ example: '09:00' }));
