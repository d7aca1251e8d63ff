import { describe, expect, it } from '@jest/globals';
import { describeError } from './logging.js';

describe('a logged error', () => {
  it('has its type, message, stack and cause', () => {
    const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
    const error = new TypeError('It failed.', { cause });
    expect(describeError(error)).toEqual({
      type: 'TypeError',
      message: 'It failed.',
      stack: error.stack,
      cause: {
        type: 'Error',
        message: 'connection refused',
        code: 'ECONNREFUSED',
        stack: cause.stack,
      },
    });
  });

  it('excludes data of a failed write', () => {
    const error = Object.assign(new Error('It failed.'), {
      writeErrors: [{ op: { email: 'alice@acme.example' } }],
    });
    expect(JSON.stringify(describeError(error))).not.toContain('alice');
  });

  it('may be any thrown value', () => {
    expect(describeError('a text')).toEqual({ message: 'a text' });
  });
});
