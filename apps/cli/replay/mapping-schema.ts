import { callerCommands } from '#ticketing/ticket/catalogue.js';
import { senders } from './mapping.js';

const text = { type: 'string', minLength: 1 };

const steps = {
  type: 'array',
  items: {
    anyOf: [
      text,
      {
        type: 'object',
        additionalProperties: false,
        required: ['command', 'refused'],
        properties: { command: text, refused: text },
      },
    ],
  },
};

/** The schema of an object with these members and no others. */
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** The JSON Schema of a mapping file. `read-mapping.ts` checks references between its parts. */
export const mappingSchema = {
  ...object(
    ['columns', 'service', 'lead', 'engineers', 'customers', 'commands', 'first', 'activities'],
    {
      columns: object(['case', 'activity', 'timestamp'], {
        case: text,
        activity: text,
        timestamp: text,
        resource: text,
      }),
      delimiter: { type: 'string', minLength: 1, maxLength: 1 },
      service: object(['id', 'name'], { id: text, name: text }),
      lead: text,
      engineers: {
        type: 'array',
        minItems: 1,
        items: object(['id', 'displayName', 'email'], {
          id: text,
          displayName: text,
          email: text,
        }),
      },
      customers: {
        type: 'array',
        minItems: 1,
        items: object(['id', 'tenant'], { id: text, tenant: text }),
      },
      commands: {
        type: 'object',
        additionalProperties: object(['send', 'as'], {
          send: { enum: callerCommands },
          as: { enum: senders },
          with: { type: 'object' },
        }),
      },
      first: steps,
      activities: {
        type: 'object',
        minProperties: 1,
        additionalProperties: {
          type: 'object',
          minProperties: 1,
          properties: { like: text },
          additionalProperties: steps,
        },
      },
    },
  ),
} as const;
