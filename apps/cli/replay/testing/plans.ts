import type { Case } from '../desk-log.js';
import type { JsonFields, Mapping } from '../mapping.js';
import { planCase } from '../plan-case.js';
import type { CasePlan, Step } from '../plan.js';
import { parseMapping } from '../read-mapping.js';

/** A small mapping for tests. */
export const smallMapping = {
  columns: { case: 'case', activity: 'activity', timestamp: 'timestamp', resource: 'who' },
  service: { id: 'desk', name: 'Desk' },
  lead: 'lena',
  engineers: [
    { id: 'bob', displayName: 'Bob', email: 'bob@desk.example' },
    { id: 'carol', displayName: 'Carol', email: 'carol@desk.example' },
  ],
  customers: [
    { id: 'anna', tenant: 'acme' },
    { id: 'zoe', tenant: 'zeta' },
  ],
  commands: {
    raise: { send: 'create', as: 'requester', with: { serviceId: 'desk', description: '{case}' } },
    judge: { send: 'severity', as: 'lead', with: { severity: 'low' } },
    take: { send: 'handle', as: 'next engineer' },
    pass: { send: 'forward', as: 'handler', with: { engineerId: '{next engineer}' } },
    note: {
      send: 'notes',
      as: 'engineer',
      with: { text: '{activity} by {engineer} at {timestamp}' },
    },
    resolve: { send: 'resolve', as: 'handler', with: { summary: 'Done.' } },
  },
  first: ['raise'],
  activities: {
    new: { none: ['raise'], otherwise: [] },
    judge: { 'pending, processing': ['judge'], closed: [] },
    take: {
      pending: ['take'],
      processing: ['pass'],
      pending_confirmation: [{ command: 'take', refused: 'already_handled' }],
    },
    note: { otherwise: ['note'] },
    resolve: { processing: ['resolve'] },
    seize: { like: 'take' },
  },
};

/** The small mapping with other members. */
export const mappingWith = (changes: object = {}): Mapping =>
  parseMapping(JSON.stringify({ ...smallMapping, ...changes }), 'desk.map.json');

/** A case with these activities, a minute apart; `take@carol` names the person. */
export const caseOf = (activities: readonly string[], ordinal = 0): Case => ({
  name: `Case ${ordinal + 1}`,
  ordinal,
  activities: activities.map((text, index) => {
    const [activity = '', resource = null] = text.split('@');
    const timestamp = `2012-10-09 14:${String(index).padStart(2, '0')}:00`;
    const time = Date.parse(`${timestamp.replace(' ', 'T')}Z`);
    return { line: index + 2, activity, timestamp, time, resource };
  }),
});

/** given(mapping).when(activities).then(steps, ended): the plan of a case, a line per command. */
export const given = (mapping: Mapping) => ({
  when: (...activities: string[]) => {
    const plan = () => planCase(caseOf(activities), mapping);
    return { plan, steps: () => plan().steps.map(inWords), ends: () => ending(plan()) };
  },
});

/** `bob handle → processing`, `bob handle ✗ ticket_closed`, `bob forward → = (nothing)`. */
const inWords = ({ by, command, body, expected }: Step): string => {
  const target = (body as JsonFields & { engineerId?: string }).engineerId;
  const sent = `${by.id} ${command}${target === undefined ? '' : ` ${target}`}`;
  if (expected.kind === 'refused') return `${sent} ✗ ${expected.codes.join(' or ')}`;
  return `${sent} → ${expected.state}${expected.events.length === 0 ? ' (nothing)' : ''}`;
};

const ending = ({ endsAs, history }: CasePlan): string =>
  `${endsAs}: ${history.map(({ type }) => type).join(' ')}`;
