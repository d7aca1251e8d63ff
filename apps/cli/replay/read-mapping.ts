import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import { ticketStates } from '#ticketing/ticket/state.js';
import { CannotRun } from './cannot-run.js';
import { mappingSchema } from './mapping-schema.js';
import {
  namesIn,
  type ActivityFile,
  type ActivityRule,
  type CourseState,
  type Mapping,
  type MappingFile,
  type StepTemplate,
} from './mapping.js';
import { placeholders, unknownPlaceholders } from './placeholders.js';

const hasForm = new Ajv({ allErrors: true, verbose: true }).compile<MappingFile>(mappingSchema);

/** @throws CannotRun if the file cannot be read, or is not a valid mapping. */
export async function readMapping(file: string): Promise<Mapping> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CannotRun(`The mapping cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return parseMapping(text, file);
}

/** @throws CannotRun with every problem and its place. */
export function parseMapping(text: string, file: string): Mapping {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CannotRun(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!hasForm(parsed)) throw new CannotRun(wrong(file, (hasForm.errors ?? []).map(inWords)));
  const problems = misfits(parsed);
  if (problems.length > 0) throw new CannotRun(wrong(file, problems));
  return {
    ...parsed,
    activities: rulesOf(parsed.activities),
    digest: createHash('sha256').update(JSON.stringify(parsed)).digest('hex'),
  };
}

const wrong = (file: string, problems: readonly string[]): string =>
  `The mapping ${file} is wrong:\n  ${[...new Set(problems)].join('\n  ')}`;

function inWords({ instancePath, message = 'is wrong', params, keyword }: ErrorObject): string {
  const place = instancePath === '' ? 'the mapping' : instancePath;
  if (keyword === 'additionalProperties') {
    return `${place} has an unknown member: "${String(params['additionalProperty'])}"`;
  }
  const allowed: unknown = params['allowedValues'];
  return `${place} ${message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
}

/** Checks what the schema cannot: unknown names and states. */
function misfits(mapping: MappingFile): string[] {
  const { service, commands, first, activities, engineers, customers } = mapping;
  return [
    ...Object.entries(commands)
      .filter(
        ([, command]) => command.send === 'create' && command.with?.['serviceId'] !== service.id,
      )
      .map(
        ([name]) =>
          `/commands/${name} creates tickets: its "serviceId" must be "${service.id}", like /service/id`,
      ),
    ...Object.entries(commands).flatMap(([name, command]) =>
      unknownPlaceholders(command.with ?? {}).map(
        (unknown) =>
          `/commands/${name} has the unknown placeholder ${unknown}; use ${placeholders.map((known) => `{${known}}`).join(', ')}`,
      ),
    ),
    ...unknownCommands('/first', first, commands),
    ...Object.entries(activities).flatMap(([activity, rule]) =>
      misfitsOf(activity, rule, activities, commands),
    ),
    ...repeated('/engineers', engineers),
    ...repeated('/customers', customers),
  ];
}

function misfitsOf(
  activity: string,
  rule: ActivityFile,
  activities: MappingFile['activities'],
  commands: MappingFile['commands'],
): string[] {
  const place = `/activities/${activity}`;
  if (isLike(rule)) {
    const other = activities[rule.like];
    if (Object.keys(rule).length > 1) return [`${place} has "like" and states: use one of them`];
    return other === undefined || isLike(other)
      ? [`${place} is like "${rule.like}", which is not an activity with its own steps`]
      : [];
  }
  const seen = new Set<string>();
  return Object.entries(rule).flatMap(([key, steps]) => [
    ...namesIn(key).flatMap((state) => {
      const known = state === OTHERWISE || courseStates.some((one) => one === state);
      if (!known) return [`${place} has the unknown state "${state}"; use ${stateNames}`];
      if (seen.has(state)) return [`${place} has the state "${state}" twice`];
      seen.add(state);
      return [];
    }),
    ...unknownCommands(`${place}/${key}`, steps, commands),
  ]);
}

const unknownCommands = (
  place: string,
  steps: readonly StepTemplate[],
  commands: MappingFile['commands'],
): string[] =>
  steps
    .map((step) => (typeof step === 'string' ? step : step.command))
    .filter((name) => !Object.hasOwn(commands, name))
    .map((name) => `${place} has the command "${name}", which is not under /commands`);

const repeated = (place: string, people: readonly { readonly id: string }[]): string[] =>
  people
    .filter(({ id }, index) => people.findIndex((other) => other.id === id) !== index)
    .map(({ id }) => `${place} has "${id}" twice`);

const OTHERWISE = 'otherwise';
const courseStates: readonly CourseState[] = ['none', ...ticketStates];
const stateNames = [...courseStates, OTHERWISE].join(', ');

const isLike = (rule: ActivityFile): rule is { readonly like: string } =>
  typeof rule['like'] === 'string';

function rulesOf(activities: MappingFile['activities']): ReadonlyMap<string, ActivityRule> {
  const stepsOf = (rule: ActivityFile | undefined): ReadonlyMap<string, readonly StepTemplate[]> =>
    rule === undefined || isLike(rule)
      ? new Map()
      : new Map(
          Object.entries(rule).flatMap(([key, steps]) =>
            namesIn(key).map((state) => [state, steps] as const),
          ),
        );
  return new Map(
    Object.entries(activities).map(([activity, rule]) => {
      const steps = stepsOf(isLike(rule) ? activities[rule.like] : rule);
      const stepsIn = (state: CourseState) =>
        // Before the ticket exists, "first" applies unless the activity has its own rule.
        steps.get(state) ?? (state === 'none' ? undefined : steps.get(OTHERWISE));
      return [activity, { activity, stepsIn }];
    }),
  );
}
