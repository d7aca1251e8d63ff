import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Problem } from '#platform/problems/problem.js';
import { linesOfBatch, type BatchLines } from './batch-body.js';

const KIB = 1024;

/** A body that arrives in chunks, with a pause wherever there is none. */
async function* arriving(...chunks: readonly (string | Buffer | null)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) {
    if (chunk === null) await after(500);
    else yield Buffer.from(chunk);
  }
}

/** The lines, with the code of each problem. */
async function read(lines: BatchLines): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line instanceof Problem ? line.code : line);
  return all;
}

const linesOf = async (...chunks: readonly (string | Buffer | null)[]): Promise<string[]> =>
  read(await linesOfBatch(arriving(...chunks)));

const many = (count: number): string => '{}\n'.repeat(count);

describe('the lines of a batch', () => {
  it.each<[string, (string | Buffer | null)[], string[]]>([
    ['in one chunk', ['a\nb\n'], ['a', 'b']],
    ['without a last line feed', ['a\nb'], ['a', 'b']],
    ['with empty lines between', ['a\n\nb\n'], ['a', '', 'b']],
    ['with other line ends', ['a\r\nb'], ['a\r', 'b']],
    ['across chunks', ['a', 'b\nc', '', 'd\n', 'e'], ['ab', 'cd', 'e']],
    ['with characters across chunks', [Buffer.from([0xc3]), Buffer.from([0xa9])], ['é']],
    ['that arrive late', ['a\n', null, 'b', null, 'c\n'], ['a', 'bc']],
    ['that are not UTF-8', [Buffer.from([0x61, 0xff, 0x0a, 0x62])], ['invalid_request', 'b']],
    [
      'that are too long, and others',
      [`${'x'.repeat(64 * KIB + 1)}\n${'y'.repeat(64 * KIB)}\n`],
      ['payload_too_large', 'y'.repeat(64 * KIB)],
    ],
    [
      'that never end',
      ['a\n', ...Array.from({ length: 20 }, () => 'x'.repeat(64 * KIB))],
      ['a', 'payload_too_large'],
    ],
  ])('%s', async (_, chunks, lines) => {
    expect(await linesOf(...chunks)).toEqual(lines);
  });

  it.each([
    ['there are none', ['']],
    ['there is only white space', [' ', '\r']],
    ['there are too many', [many(1_000), '{}']],
  ])('are refused as a whole if %s', async (_, chunks) => {
    await expect(linesOfBatch(arriving(...chunks))).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('are refused from line 1,001 on if the first ones run before it is known', async () => {
    const lines = await linesOf(many(999), null, many(1), many(500));
    expect(lines).toEqual([...Array.from({ length: 1_000 }, () => '{}'), 'invalid_request']);
  });

  it('are refused from the byte on with which the batch is too large', async () => {
    const chunk = `${'x'.repeat(64 * KIB - 1)}\n`;
    const lines = await linesOf(...Array.from({ length: 300 }, () => chunk));
    expect(lines).toHaveLength(257);
    expect(lines.at(-1)).toBe('payload_too_large');
  });

  it('end with an error if the connection ends, without the unfinished line', async () => {
    async function* cut(): AsyncGenerator<Buffer> {
      yield Buffer.from('a\nb');
      await after(500);
      throw new Error('aborted');
    }
    const seen: unknown[] = [];
    const reading = async () => {
      for await (const line of await linesOfBatch(cut())) seen.push(line);
    };
    await expect(reading()).rejects.toThrow('aborted');
    expect(seen).toEqual(['a']);
  });
});
