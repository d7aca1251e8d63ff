import { expect } from '@jest/globals';
import { states, type Page, type TicketItem, type TicketPage } from './answers.js';
import type { Desk } from './desk.js';
import type { Name } from './people.js';
import { pause } from './until.js';

const LISTENERS = ['lena', 'alice', 'mallory', 'otherAlice', 'rita', 'audra'] as const;
const QUERIES = [
  '',
  'sort=updatedAt',
  'sort=createdAt',
  'sort=-createdAt',
  ...states.map((state) => `state=${state}`),
  'state=closed&state=canceled&sort=createdAt',
  'service=vpn',
  'service=mail&sort=updatedAt',
  'owner=carol',
  'owner=dave',
  'handler=bob&sort=createdAt',
  'handler=dave',
  'requester=alice',
  'requester=alice&tenant=globex',
  'tenant=acme&sort=-createdAt',
  'severity=high',
  'createdFrom=2020-01-01T00:00:00Z&createdTo=2021-01-01T00:00:00Z',
];
const SEARCHES = ['q=tunnel', 'q=monday', 'q=tunnel%20again', 'q=xylophone', 'q=mail&limit=1'];

/** What all people saw at a time, to compare with later queries of the past. */
export interface Shown {
  readonly at: string;
  readonly position: string;
  readonly lists: ReadonlyMap<string, readonly TicketItem[]>;
  readonly pages: ReadonlyMap<string, TicketPage>;
  readonly summaries: ReadonlyMap<string, object>;
}

/** How the summary is grouped. */
export const groupings = [
  '',
  ...['service', 'handler', 'owner', 'severity', 'tenant'].map((by) => `groupBy=${by}`),
];

/** The lists, and the people who request them. */
export const questions = LISTENERS.flatMap((by) =>
  (by === 'rita' ? QUERIES : [...QUERIES, ...SEARCHES]).map((query) => ({ by, query })),
);

/** Reads a desk as many people, and records what they saw. */
export class Witness {
  constructor(private readonly desk: Desk) {}

  async page(by: Name, query: string): Promise<Page<TicketItem>> {
    const answer = await this.desk.as(by).get<Page<TicketItem>>(`/tickets?${query}`);
    expect({ query, status: answer.status }).toEqual({ query, status: 200 });
    return answer.body;
  }

  /** All items of a list, page by page. */
  async all(by: Name, query: string): Promise<TicketItem[]> {
    const items: TicketItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: Page<TicketItem> = await this.page(
        by,
        cursor === '' ? query : `${query}&cursor=${cursor}`,
      );
      items.push(...next.items);
      cursor = next.nextCursor;
    }
    return items;
  }

  async show(by: Name, ticketId: string, query = ''): Promise<TicketPage> {
    const answer = await this.desk.as(by).get<TicketPage>(`/tickets/${ticketId}?${query}`);
    expect({ query, status: answer.status }).toEqual({ query, status: 200 });
    const { position: _, ...rest } = answer.body as TicketPage & { position: string };
    return rest;
  }

  /** The counts without the names of groups, which are always the current ones. */
  async summary(query: string): Promise<object> {
    const answer = await this.desk.as('rita').get<{
      readonly total: number;
      readonly counts: object;
      readonly groups?: readonly { readonly name: string | null }[];
    }>(`/reports/summary?${query}`);
    expect({ query, status: answer.status }).toEqual({ query, status: 200 });
    const { total, counts, groups } = answer.body;
    return { total, counts, groups: groups?.map(({ name: _, ...group }) => group) };
  }

  /** Records what all people see now. Nothing else happens in these milliseconds. */
  async remember(tickets: readonly string[], position: string): Promise<Shown> {
    await pause(5);
    // Lists wait for tickets, but not for the names of services.
    await this.desk.caughtUp(position);
    const at = new Date().toISOString();
    const lists = new Map<string, TicketItem[]>();
    for (const { by, query } of questions) {
      lists.set(`${by} ${query}`, await this.all(by, `${query}&minPosition=${position}`));
    }
    const pages = new Map<string, TicketPage>();
    for (const ticketId of tickets) {
      for (const by of ['lena', 'bob', 'audra'] as const) {
        pages.set(`${by} ${ticketId}`, await this.show(by, ticketId, `minPosition=${position}`));
      }
    }
    const summaries = new Map<string, object>();
    for (const group of groupings) {
      summaries.set(group, await this.summary(`${group}&minPosition=${position}`));
    }
    await pause(5);
    return { at, position, lists, pages, summaries };
  }
}
