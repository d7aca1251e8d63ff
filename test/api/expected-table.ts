import type { Role } from '#ticketing/decision.js';
import { allowedIn, exampleRequest, outcomeIn } from '#ticketing/testing/ticket-model-examples.js';
import { callerCommands } from '#ticketing/testing/ticket-model-table.js';
import type { State } from '#test/support/answers.js';
import { actorOf, names, type Name } from '#test/support/people.js';

/**
 * What the model of the domain expects of the API, for alice's tickets in the fixtures: dispatched
 * to bob and carol, with bob as their handler if they have one.
 */

export { callerCommands as commands, exampleRequest as bodyOf };

/** The roles that the routes of commands admit; the domain decides about the others. */
const ADMITTED: readonly Role[] = ['customer', 'engineer', 'lead'];

/** The code of a refusal, or whether the command has an effect. */
export function expected(command: string, by: Name, state: State): string {
  const actor = actorOf(by);
  if (!actor.roles.some((role) => ADMITTED.includes(role))) return 'forbidden';
  const outcome = outcomeIn(command, actor, state);
  if ('refused' in outcome) return outcome.refused;
  return outcome.events.length === 0 ? 'repeated' : 'accepted';
}

/** The commands that a person may send now, as refusals and pages list them. */
export const allowed = (by: Name, state: State): string[] => allowedIn(actorOf(by), state);

/** All refusals in a state, for all people. */
export const refusals = (state: State): [by: Name, command: string, code: string][] =>
  names.flatMap((by) =>
    callerCommands.flatMap((command): [Name, string, string][] => {
      const code = expected(command, by, state);
      return code === 'accepted' || code === 'repeated' ? [] : [[by, command, code]];
    }),
  );
