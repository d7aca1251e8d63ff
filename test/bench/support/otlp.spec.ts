import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spansIn } from './otlp.js';

/** A length-delimited field of protobuf. */
function field(number: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let left = content.length; ; left >>= 7) {
    length.push(left < 0x80 ? left : (left & 0x7f) | 0x80);
    if (left < 0x80) break;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}

/** Any content of a span, resource or scope, which is not parsed. */
const content = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

describe('the spans of an export request', () => {
  it('are counted in all scopes and resources', () => {
    const scope = fc.tuple(content, fc.array(content, { maxLength: 5 }));
    const resource = fc.tuple(content, fc.array(scope, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 3 }), (resources) => {
        const request = resources.map(([about, scopes]) => {
          const inScopes = scopes.map(([name, spans]) =>
            field(2, Buffer.concat([field(1, name), ...spans.map((span) => field(2, span))])),
          );
          return field(1, Buffer.concat([field(1, about), ...inScopes]));
        });
        const spans = resources.flatMap(([, scopes]) => scopes.flatMap(([, all]) => all));
        expect(spansIn(Buffer.concat(request))).toBe(spans.length);
      }),
    );
  });
});
