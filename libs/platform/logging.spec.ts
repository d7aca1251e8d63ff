import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { describeError } from './logging.js';

describe('a log line', () => {
  it('is JSON without anything that steers a terminal', () => {
    const text = '\u001b[2J\u009b2J\u007f\u202e\u2066\u2028\r\n';
    const program = `
      import { createLogger } from ${JSON.stringify(new URL('logging.js', import.meta.url).href)};
      createLogger('info').info({ text: process.argv[1] }, process.argv[1]);`;
    const line = execFileSync(process.execPath, ['--input-type=module', '--eval', program, text], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    });
    expect(line).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(line)).toMatchObject({ text, msg: text });
  });
});

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
