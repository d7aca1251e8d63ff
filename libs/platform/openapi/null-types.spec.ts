import { expect, it } from '@jest/globals';
import { nullTypesOf } from './null-types.js';

it.each<[string, object, object]>([
  ['a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  [
    'an enumeration',
    { type: 'string', enum: ['a'], nullable: true },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  [
    'a reference',
    { type: 'object', allOf: [{ $ref: '#/x' }], nullable: true, description: 'x' },
    { anyOf: [{ $ref: '#/x' }, { type: 'null' }], description: 'x' },
  ],
  ['nothing that is not nullable', { type: 'string' }, { type: 'string' }],
  ['nothing in an example', { example: { nullable: true } }, { example: { nullable: true } }],
])('replaces the nullable of %s', (_, before, after) => {
  expect(nullTypesOf({ schemas: [before] })).toEqual({ schemas: [after] });
});
