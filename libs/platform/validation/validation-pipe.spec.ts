import { describe, expect, it } from '@jest/globals';
import { SampleQueryRequest, SampleRequest } from '../testing/requests.js';
import { ValidationPipe } from './validation-pipe.js';

const bodies = new ValidationPipe(SampleRequest, 'body');
const queries = new ValidationPipe(SampleQueryRequest, 'query');

describe('ValidationPipe', () => {
  it('passes on a valid body unchanged', () => {
    const body = { text: 'x' };
    expect(bodies.transform(body)).toBe(body);
  });

  it.each([undefined, null])('treats a body that is %s as an empty object', (body) => {
    expect(() => bodies.transform(body)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        extras: { errors: [{ pointer: '/text', message: 'is required' }] },
      }),
    );
  });

  it('converts the values of a query, and does not change the query itself', () => {
    const sent = { limit: '10' };
    expect(queries.transform(sent)).toEqual({ limit: 10 });
    expect(sent).toEqual({ limit: '10' });
  });

  it('rejects a query with an unknown parameter', () => {
    expect(() => queries.transform({ colour: 'red' })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
