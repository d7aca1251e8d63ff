import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommandLine } from '#test/support/command-line.js';
import { Desk } from '#test/support/desk.js';
import type { OpenApiDocument } from '#test/support/openapi.js';
import type { Name } from '#test/support/people.js';
import { creation, raise } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Runs `tickets ticket …` as one person. */
const ticket = (by: Name, ...words: string[]) =>
  runCommandLine(desk.url, desk.tokens[by], '--json', 'ticket', ...words);

async function answerTo(by: Name, ...words: string[]): Promise<Record<string, unknown>> {
  const { code, output, errors } = await ticket(by, ...words);
  expect({ words, code, errors }).toEqual({ words, code: 0, errors: '' });
  return JSON.parse(output) as Record<string, unknown>;
}

describe('the commands of the command line', () => {
  it('are those of the HTTP API', async () => {
    const { body } = await desk
      .asNobody()
      .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
    const inApi = Object.entries(body.paths).flatMap(([path, { post }]) => {
      const name = /^\/api\/v1\/tickets\/\{ticketId\}\/([a-z-]+)$/.exec(path)?.[1];
      return name === undefined || post === undefined ? [] : [name];
    });
    const { output } = await ticket('bob', '--help');
    const listed = [...output.matchAll(/^ {2}([a-z-]+) (?:\[options\] )?<ticketId>/gm)];
    expect(listed.map(([, name]) => name).filter((name) => name !== 'show')).toEqual(inApi);
    expect(inApi.length).toBeGreaterThan(15);
  });

  it('have an option for each member of their request', async () => {
    const { output } = await ticket('bob', 'confirm', '--help');
    expect(output).toMatch(/--rating <1-5> +From 1 \(bad\) to 5 \(good\)\./);
    expect(output).toMatch(/--comment <text>/);
    expect(output).not.toMatch(/--severity/);
  });

  it('bring a ticket to its end', async () => {
    const file = join(desk.folder, 'creation.json');
    writeFileSync(file, JSON.stringify(creation()));
    const { ticketId } = await answerTo('alice', 'create', file);
    const id = String(ticketId);
    expect(await answerTo('bob', 'handle', id)).toMatchObject({ state: 'processing' });
    await answerTo('bob', 'severity', id, '--severity', 'high');
    await answerTo('bob', 'resolve', id, '--summary', 'Renewed the certificate.');
    const last = await answerTo('alice', 'confirm', id, '--rating', '5', '--comment', 'Thanks.');
    expect(last).toMatchObject({
      state: 'closed',
      events: ['ResolutionConfirmed', 'TicketClosed'],
    });
  });

  it('send an idempotency key', async () => {
    const { ticketId } = await raise(desk);
    const words = ['notes', ticketId, '--text', 'Seen.', '--key', 'once'];
    const first = await answerTo('bob', ...words);
    expect(await answerTo('bob', ...words)).toEqual(first);
  });

  it.each([
    [['resolve'], /required option '--summary <text>' not specified/],
    [['severity', '--severity', 'grave'], /Allowed choices are critical, high, medium, low/],
    [['confirm', '--rating', 'five'], /must be a number/],
    [['handle', '--summary', 'x'], /unknown option '--summary'/],
  ])('are not sent if they are incomplete or wrong: %j', async ([name = '', ...options], words) => {
    const { code, errors } = await ticket('bob', name, 'no-such-ticket', ...options);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringMatching(words) });
  });

  it('end with 1 if the service refuses them', async () => {
    const { ticketId } = await raise(desk);
    const { code, errors } = await ticket('bob', 'resolve', ticketId, '--summary', 'x');
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/^forbidden: /) });
  });
});
