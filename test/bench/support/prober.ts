import { Agent, request } from 'node:http';
import type { Server } from './server.js';
import { prepareTickets } from './tickets.js';

const PROBED = { service: 'probing', tickets: 1 };

/** The duration of a command, and of its effect becoming visible, in milliseconds. */
export interface Probe {
  /** From the request to the acknowledgement. */
  readonly command: number;
  /** From the acknowledgement to the answer of a list that shows the effect. */
  readonly visible: number;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Sends a command, waits for its acknowledgement, and repeats a list until it shows the effect. */
export class Prober {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(
    private readonly port: number,
    private readonly token: string,
    private readonly notes: { readonly path: string; readonly body: string },
    private readonly list: string,
  ) {}

  /** A prober with its own ticket, which is the only one in its list. */
  static async start(server: Server, folder: string): Promise<Prober> {
    const { paths, headers, body } = await prepareTickets(server, folder, PROBED);
    const [path = ''] = paths;
    const token = headers['Authorization'] ?? '';
    return new Prober(
      server.port,
      token,
      { path, body },
      `/api/v1/tickets?service=${PROBED.service}`,
    );
  }

  async probe(): Promise<Probe> {
    const start = performance.now();
    const { revision } = await this.#call('POST', this.notes.path, this.notes.body);
    const acknowledged = performance.now();
    let listed = false;
    while (!listed) listed = await this.#isListed(Number(revision));
    return { command: acknowledged - start, visible: performance.now() - acknowledged };
  }

  stop(): void {
    this.#agent.destroy();
  }

  async #isListed(revision: number): Promise<boolean> {
    const { items } = await this.#call('GET', this.list);
    const [ticket] = items as readonly { readonly revision: number }[];
    return ticket !== undefined && ticket.revision >= revision;
  }

  async #call(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer['body']> {
    const answer = await this.#send(method, path, body);
    if (answer.status === 200) return answer.body;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  #send(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
    const headers = {
      authorization: this.token,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return new Promise((resolve, reject) => {
      const { port } = this;
      const outgoing = request({ agent: this.#agent, port, method, path, headers }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          resolve({ status, body: JSON.parse(text) as Answer['body'] });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
