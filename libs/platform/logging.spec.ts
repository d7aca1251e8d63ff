import { describe, expect, it } from '@jest/globals';
import { describeError } from './logging.js';

describe('an error in the log', () => {
  it('is what kind it is, what it says, where it was and what caused it', () => {
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

  it('is nothing of what a driver was to write', () => {
    const error = Object.assign(new Error('It failed.'), {
      writeErrors: [{ op: { email: 'alice@acme.example' } }],
    });
    expect(JSON.stringify(describeError(error))).not.toContain('alice');
  });

  it('may be anything that was thrown', () => {
    expect(describeError('a text')).toEqual({ message: 'a text' });
  });
});
