import { describe, expect, it } from '@jest/globals';
import { parseJson } from './bodies.js';

describe('a body', () => {
  it.each<[string, unknown]>([
    ['{"a":[1,"x",null,true]}', { a: [1, 'x', null, true] }],
    ['  "text"\n', 'text'],
    ['null', null],
    ['{"a":{"constructor":"x","prototype":"y"}}', { a: { constructor: 'x', prototype: 'y' } }],
  ])('%s is parsed as JSON', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it.each([
    '',
    '{',
    '{"a":1,}',
    "{'a':1}",
    'NaN',
    '{"a":1}{"b":2}',
    '{"__proto__":{"admin":true}}',
    '[{"a":{"__proto__":1}}]',
    '{"\\u005f_proto__":{}}',
    '{"constructor":{"prototype":{"admin":true}}}',
  ])('%j is refused', (text) => {
    let thrown: unknown;
    try {
      parseJson(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'invalid_request', status: 400 });
    expect(thrown).toMatchObject({
      detail: expect.stringMatching(/^The body is not JSON: .+\.$/s),
    });
  });
});
