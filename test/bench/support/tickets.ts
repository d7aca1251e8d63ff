import { signToken } from '#platform/authentication/sign-token.js';
import type { Burst } from '../load/load-process.js';
import type { Server } from './server.js';

/** Eight tickets for each of 64 connections, so that no two write to the same one. */
const PRINTING = { service: 'printing', tickets: 512 };

/** Notes by the handler of the tickets: a small command that can be repeated. */
export type Notes = Required<Pick<Burst, 'paths' | 'headers' | 'body'>>;

/** Creates tickets on a fresh server, has an engineer handle them, and returns requests for notes. */
export async function prepareTickets(
  server: Server,
  folder: string,
  { service, tickets } = PRINTING,
): Promise<Notes> {
  const api = `http://127.0.0.1:${server.port}/api/v1`;
  const token = (sub: string, ...roles: string[]) =>
    signToken(folder, { sub, roles, tenant: 'acme', ttl: '4h' });
  const admin = await token('adele', 'admin');
  const customer = await token('carol', 'customer');
  const engineer = await token('emil', 'engineer');
  const engineerIds = ['emil'];
  await call('PUT', `${api}/engineers/emil`, admin, { displayName: 'Emil', email: 'e@acme.test' });
  await call('PUT', `${api}/services/${service}`, admin, { name: 'Printing' });
  await call('PUT', `${api}/services/${service}/owners`, admin, { engineerIds });
  const raised = Array.from({ length: tickets }, () =>
    call('POST', `${api}/tickets`, customer, {
      serviceId: service,
      description: 'The printer on the third floor prints every page twice.',
      contact: { email: 'carol@acme.test' },
      agreement: { accepted: true, version: '1' },
    }),
  );
  const ids = (await Promise.all(raised)).map(({ ticketId }) => ticketId);
  await Promise.all(ids.map((id) => call('POST', `${api}/tickets/${id}/handle`, engineer, {})));
  return {
    paths: ids.map((id) => `/api/v1/tickets/${id}/notes`),
    headers: { Authorization: `Bearer ${engineer}` },
    body: JSON.stringify({
      text: 'Asked for the model and the tray that it prints from; the toner was changed last week.',
    }),
  };
}

async function call(
  method: 'POST' | 'PUT',
  url: string,
  token: string,
  body: object,
): Promise<{ ticketId: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as { ticketId: string };
}
