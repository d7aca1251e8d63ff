import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { openLog } from './log-file.js';
import type { ProposedEvent } from './recorded-event.js';

const event = (text: string): ProposedEvent => ({
  id: randomUUID(),
  type: 'Happened',
  contentType: 'application/json',
  data: Buffer.from(JSON.stringify({ text })),
  metadata: Buffer.from([0, 255]),
});

describe('a log in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => {
    removeFolder(folder);
  });

  it('is the same when it is opened again, also with an incomplete end', () => {
    const file = join(folder, 'log');
    const first = openLog(file);
    first.log.append('süß', -1, [event('ä'), event('b')]);
    first.log.describe('süß', { $maxCount: 1 });
    first.log.append('gone', -1, [event('c')]);
    first.log.tombstone('gone', 0);
    const written = first.log.all.map((kept) => ({ ...kept, answer: null }));
    first.close();
    appendFileSync(file, '[{"id":"cut o');

    const second = openLog(file);
    expect(second.log.all.map((kept) => ({ ...kept, data: Buffer.from(kept.data) }))).toEqual(
      written,
    );
    expect(second.log.stream('süß')?.metadata).toMatchObject({ maxCount: 1 });
    expect(second.log.append('gone', 'any', [event('d')])).toEqual({ kind: 'deleted' });
    const behind = second.log.append('süß', 1, [event('e')]);
    second.close();

    const third = openLog(file);
    expect(third.log.all.at(-1)?.position).toBe(behind.kind === 'done' ? behind.position : null);
    expect(third.log.all).toHaveLength(written.length + 1);
    third.close();
  });
});
