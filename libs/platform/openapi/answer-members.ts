import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** Decorators for the members of answer classes. Each member is required unless it says otherwise. */
type More = Pick<ApiPropertyOptions, 'description' | 'maxLength' | 'nullable' | 'required'> & {
  readonly example?: unknown;
};
const member = (schema: ApiPropertyOptions, more: More): PropertyDecorator =>
  ApiProperty({ ...schema, ...more } as ApiPropertyOptions);

export const Text = (more: More = {}) => member({ type: 'string' }, more);

/** A moment in UTC. */
export const Time = (more: More = {}) => member({ type: 'string', format: 'date-time' }, more);

export const Uuid = (more: More = {}) => member({ type: 'string', format: 'uuid' }, more);

/** A whole number from 0. */
export const Count = (more: More = {}) => member({ type: 'integer', minimum: 0, example: 3 }, more);

/** A whole number from 0: the revision of a stream. */
export const Revision = (more: More = {}) =>
  member(
    { type: 'integer', minimum: 0, description: 'Counts the events of a stream, from 0.' },
    more,
  );

/** A position in the log, which is opaque to clients. */
export const PositionText = (more: More = {}) =>
  member(
    {
      type: 'string',
      pattern: '^-?[0-9]{1,19}$',
      description: 'A position in the log, to send as minPosition.',
    },
    more,
  );

export const Decimal = (
  more: More & { readonly minimum?: number; readonly maximum?: number } = {},
) => member({ type: 'number' }, more);

export const OneOf = (values: readonly (string | number)[], more: More = {}) =>
  member({ enum: [...values], type: typeof values[0] === 'number' ? 'integer' : 'string' }, more);

export const Flag = (more: More = {}) => member({ type: 'boolean' }, more);

export const Texts = (more: More = {}) =>
  member({ type: 'array', items: { type: 'string' } }, more);

/** An object with any members. */
export const Content = (more: More = {}) =>
  member({ type: 'object', additionalProperties: true }, more);

/** An object with the same schema for each of some names. */
export const CountsBy = (names: readonly (string | number)[], more: More = {}) =>
  member(
    {
      type: 'object',
      required: names.map(String),
      selfRequired: true,
      properties: Object.fromEntries(
        names.map((name) => [name, { type: 'integer', minimum: 0, example: 3 }]),
      ),
    },
    more,
  );

// Swagger treats exactly this form of function as a lazy reference to a class.
export const Part = (type: () => new () => object, more: More = {}) =>
  member({ type: () => type() }, more);

export const Parts = (type: () => new () => object, more: More = {}) =>
  member({ type: () => type(), isArray: true }, more);
