import { describe, expect, it } from '@jest/globals';
import { SampleQueryRequest } from '../testing/requests.js';
import { ValidationPipe } from './validation-pipe.js';

const queries = ValidationPipe.forQuery(SampleQueryRequest);

describe('ValidationPipe', () => {
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
