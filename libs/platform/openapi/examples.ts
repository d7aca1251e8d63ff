import type { OpenAPIObject } from '@nestjs/swagger';

/** Examples by format, for schemas without an example. */
const byFormat: Readonly<Record<string, unknown>> = {
  'date-time': '2026-11-24T12:00:00.000Z',
  'iana-time-zone': 'Europe/Berlin',
  email: 'bob@example.com',
  uuid: '01a20d40-5c6f-77b9-9b43-08cd4da7132c',
};

/** Examples by the name of a member or parameter, for those without an example. */
const byName: Readonly<Record<string, unknown>> = {
  causationId: '7c5f1a34-3d8a-8b0e-9d53-6f6a0f6d0c11',
  code: 'not_found',
  commandId: '7c5f1a34-3d8a-8b0e-9d53-6f6a0f6d0c11',
  comment: 'Quick help.',
  correlationId: 'night-shift-7',
  cursor: 'WyIyMDI2LTExLTI0Il0',
  description: 'The VPN client does not connect.',
  detail: 'There is no such ticket.',
  displayName: 'Bob Brown',
  done: 0.25,
  engineerId: 'bob',
  error: 'Unexpected event',
  eventsPerSecond: 12_000,
  from: 3,
  handler: 'bob',
  hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  holder: 'host-1:4711:9f2c',
  id: 'alice',
  'Idempotency-Key': 'c0ffee-1',
  idempotencyKey: 'c0ffee-1',
  ifMatch: 5,
  instance: '/api/v1/tickets/01a20d40-5c6f-77b9-9b43-08cd4da7132c',
  issueType: 'spam',
  lagSeconds: 1.5,
  'Last-Event-ID': '4711',
  limit: 50,
  mean: 5_400.5,
  message: 'Since when does it fail?',
  minPosition: '4711',
  mobile: '+491701234567',
  name: 'VPN',
  nextCursor: 'WyIyMDI2LTExLTI0Il0',
  owner: 'bob',
  p50: 3_600,
  p90: 9_000,
  p99: 36_000,
  pointer: '/reason',
  position: '4711',
  q: 'vpn "does not connect"',
  rating: 5,
  reason: 'It works again.',
  reference: 'ST-R8SN6-TE4SC',
  remainingSeconds: 30,
  requester: 'alice',
  revision: 5,
  service: 'vpn',
  serviceId: 'vpn',
  state: 'processing',
  status: 404,
  stream: 'ticket-01a20d40-5c6f-77b9-9b43-08cd4da7132c',
  summary: 'The certificate had expired; it is renewed.',
  tenant: 'acme',
  text: 'The customer called twice.',
  title: 'Not found',
  type: 'TicketCreated',
  version: '2026-01',
  'X-Correlation-Id': 'night-shift-7',
};

interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  example?: unknown;
}

/** Adds examples to all scalar members of schemas and to all parameters. */
export function addExamples({ components, paths }: OpenAPIObject): void {
  for (const schema of Object.values(components?.schemas ?? {})) addToMembers(schema as Schema);
  for (const { get, put, post } of Object.values(paths)) {
    for (const { parameters = [] } of [get, put, post].filter((one) => one !== undefined)) {
      for (const parameter of parameters) {
        if ('name' in parameter && parameter.example === undefined) {
          addTo(parameter.schema as Schema, parameter.name);
        }
      }
    }
  }
}

function addToMembers({ properties = {} }: Schema): void {
  for (const [name, member] of Object.entries(properties)) {
    addTo(member, name);
    addToMembers(member);
    addToMembers(member.items ?? {});
  }
}

function addTo(schema: Schema, name: string): void {
  if (schema.example !== undefined || schema.enum !== undefined) return;
  if (![schema.type].flat().some((type) => scalars.has(String(type)))) return;
  schema.example = byFormat[schema.format ?? ''] ?? byName[name];
}

const scalars = new Set(['string', 'integer', 'number']);
