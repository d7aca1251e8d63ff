import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommandLine } from '#test/support/command-line.js';

/** Escapes of terminals in C0 and C1, DEL, overrides and isolates, and a line of their own. */
const HOSTILE = 'x\u001b[2J\u009b2J\u007f\u202ey\u2066\r\nFORGED  closed';
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const row = {
  reference: HOSTILE,
  ticketId: HOSTILE,
  state: HOSTILE,
  handler: HOSTILE,
  updatedAt: HOSTILE,
};
const consumer = {
  name: HOSTILE,
  kind: HOSTILE,
  state: HOSTILE,
  lag: 0,
  rebuild: null,
  failures: [{ error: HOSTILE }],
};

/** A service whose log is older than the rules for texts. */
let service: Server;
let url: string;
beforeAll(async () => {
  service = createServer((request, answer) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const isRefused = path.endsWith('/cancel');
    const body = isRefused
      ? { code: HOSTILE, detail: HOSTILE }
      : path.endsWith('/consumers')
        ? { items: [consumer] }
        : path.endsWith('/tickets')
          ? { items: [row] }
          : { ...row, description: HOSTILE, messages: [{ message: HOSTILE }] };
    answer.writeHead(isRefused ? 409 : 200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => {
  service.close();
});

describe('the command line', () => {
  it.each<[number, ...string[]]>([
    [0, 'ticket', 'list'],
    [0, 'ticket', 'show', 't'],
    [0, 'ticket', 'handle', 't'],
    [1, 'ticket', 'cancel', 't'],
    [0, 'projections', 'list'],
    [0, 'projections', 'rebuild'],
    [2, 'ticket', 'show', 't', '--\u001b[2J'],
  ])('shows what others wrote escaped: %i %j %j', async (code, ...words) => {
    for (const json of [[], ['--json']]) {
      const run = await runCommandLine(url, 'token', ...json, ...words);
      expect(run).toMatchObject({ code });
      expect(run.output + run.errors).toMatch(/\\u001b/);
      expect(run.output + run.errors).not.toMatch(STEERING);
    }
  });

  it('shows a ticket in one line, whatever its texts', async () => {
    const { output } = await runCommandLine(url, 'token', 'ticket', 'list');
    expect(output).not.toMatch(/^FORGED/m);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  it('prints JSON with the texts as they are stored', async () => {
    const { output } = await runCommandLine(url, 'token', '--json', 'ticket', 'show', 't');
    expect(JSON.parse(output)).toMatchObject({ description: HOSTILE });
  });
});
