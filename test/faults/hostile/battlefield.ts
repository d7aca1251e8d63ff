import { badTokens } from '#test/support/bad-tokens.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { Contract, type OpenApiDocument } from '#test/support/openapi.js';
import { people } from '#test/support/people.js';
import { give, raise, ticketIn } from '#test/support/tickets.js';
import { breachOf, type Secret } from './judge.js';
import type { HostileRequest, Targets } from './requests.js';

const staff = ['bob', 'carol', 'dave', 'lena', 'audra'];

/** A service with data that must not leak. */
export class Battlefield {
  private constructor(
    private readonly desk: Desk,
    readonly contract: Contract,
    readonly targets: Targets,
    private readonly tokens: Readonly<Record<string, string>>,
    private readonly secrets: readonly Secret[],
  ) {}

  static async open(): Promise<Battlefield> {
    const desk = await Desk.open();
    const { body } = await desk
      .asNobody()
      .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
    const own = await ticketIn(desk, 'processing', {
      description: 'The acme-only tunnel',
      contact: { email: 'withheld-contact@acme.example' },
    });
    await give(desk, 'bob', own.ticketId, 'notes', { text: 'A staff-only note' });
    const other = await raise(desk, { description: 'The globex-only tunnel' }, 'otherAlice');
    const pending = await raise(desk, { description: 'The acme-only mail' });
    const bad = await badTokens(desk.folder);
    const ids = [own.ticketId, other.ticketId, pending.ticketId, 'vpn', 'bob', 'mail', 'tickets'];
    const targets = { ids, badTokens: Object.keys(bad) };
    return new Battlefield(desk, new Contract(body), targets, { ...bad, ...desk.tokens }, [
      { text: 'acme-only', for: ['alice', ...staff] },
      { text: 'globex-only', for: ['otherAlice', ...staff] },
      { text: 'staff-only', for: staff },
      { text: 'withheld-contact', for: [] },
      { text: own.reference, for: ['alice', 'rita', ...staff] },
      { text: other.reference, for: ['otherAlice', 'rita', ...staff] },
    ]);
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  /** The errors that the service logged. */
  get complaints(): string {
    return this.desk.service.complaints;
  }

  /** Sends a request and checks its answer: the violation, or null. */
  async attack(request: HostileRequest): Promise<string | null> {
    const { who, ...sent } = request;
    const answer = await new Client(this.desk.url, this.tokens[who] ?? null).send(sent);
    if (!(who in people) && request.path.startsWith('/api/v1') && answer.status < 400) {
      return `a request without a valid token got ${answer.status}`;
    }
    return breachOf(this.contract, this.secrets, request, answer);
  }
}
