import { CannotRun } from './cannot-run.js';
import { afterCommand, unborn, type Course } from './course.js';
import type { Activity, Case } from './desk-log.js';
import {
  namesIn,
  type ActivityRule,
  type Mapping,
  type Sender,
  type StepTemplate,
} from './mapping.js';
import { fillIn, type Placeholder } from './placeholders.js';
import type { CasePlan, ExpectedEvent, Person, Step } from './plan.js';

/**
 * Plans a case of the log: its commands, their senders and expected effects. The plan does not
 * depend on answers or chance, so a repeated replay sends the same commands.
 *
 * @throws CannotRun if the mapping has no rule for an activity in a state.
 */
export function planCase(desk: Case, mapping: Mapping): CasePlan {
  const planning = new Planning(desk, mapping);
  for (const activity of desk.activities) planning.plan(activity);
  return planning.finish();
}

class Planning {
  readonly #steps: Step[] = [];
  readonly #history: ExpectedEvent[] = [];
  #course: Course = unborn;
  /** How many times the engineers have rotated in this case. */
  #turns = 0;

  constructor(
    private readonly desk: Case,
    private readonly mapping: Mapping,
  ) {}

  plan(activity: Activity): void {
    const rule = this.mapping.activities.get(activity.activity);
    if (rule === undefined) throw this.#unsaid(activity);
    const { state } = this.#course;
    const steps = rule.stepsIn(state);
    if (steps === undefined && state === 'none') {
      this.#send(this.mapping.first, activity);
      this.#send(this.#stepsOf(rule, activity), activity);
    } else {
      this.#send(steps ?? this.#stepsOf(rule, activity), activity);
    }
  }

  finish(): CasePlan {
    const { state } = this.#course;
    if (state === 'none') {
      throw new CannotRun(
        `${this.desk.name} (line ${this.desk.activities[0]?.line ?? 1}) sends no "create". Check "first" in the mapping.`,
      );
    }
    return {
      caseName: this.desk.name,
      steps: this.#steps,
      endsAs: state,
      history: this.#history,
    };
  }

  #stepsOf(rule: ActivityRule, activity: Activity): readonly StepTemplate[] {
    const steps = rule.stepsIn(this.#course.state);
    if (steps === undefined) throw this.#unsaid(activity);
    return steps;
  }

  #unsaid({ activity, line }: Activity): CannotRun {
    return new CannotRun(
      `Line ${line}, ${this.desk.name}: the mapping has no rule for "${activity}" when the ticket is "${this.#course.state}". Add that state to "activities" → "${activity}".`,
    );
  }

  #send(steps: readonly StepTemplate[], activity: Activity): void {
    for (const step of steps) this.#sendOne(step, activity);
  }

  #sendOne(step: StepTemplate, activity: Activity): void {
    const name = typeof step === 'string' ? step : step.command;
    const template = this.mapping.commands[name];
    if (template === undefined)
      throw new CannotRun(`There is no command "${name}" in the mapping.`);
    const next = this.#nextEngineer(activity);
    const by = this.#person(template.as, activity, next);
    const body = fillIn(template.with ?? {}, (word) => this.#value(word, activity, next));
    const command = template.send;
    const common = { activity, command, by, body };
    if (typeof step !== 'string') {
      this.#steps.push({ ...common, expected: { kind: 'refused', codes: namesIn(step.refused) } });
      return;
    }
    const { course, events } = afterCommand(this.#course, command, by, body);
    const { state } = course;
    if (state === 'none') {
      throw new CannotRun(`Line ${activity.line}: "${name}" is sent before the ticket exists.`);
    }
    this.#course = course;
    this.#history.push(...events);
    this.#steps.push({ ...common, expected: { kind: 'accepted', events, state } });
  }

  #person(sender: Sender, activity: Activity, next: () => string): Person {
    const { customers, lead } = this.mapping;
    switch (sender) {
      case 'requester':
        return { ...at(customers, this.desk.ordinal), role: 'customer' };
      case 'lead':
        return { id: lead, role: 'lead' };
      case 'next engineer':
        return { id: next(), role: 'engineer' };
      case 'engineer':
        return { id: this.#engineer(activity), role: 'engineer' };
      case 'handler':
        return this.#handlerOr(activity);
    }
  }

  #handlerOr(activity: Activity): Person {
    const { handler } = this.#course;
    if (handler === this.mapping.lead) return { id: handler, role: 'lead' };
    return { id: handler ?? this.#engineer(activity), role: 'engineer' };
  }

  #value(word: Placeholder, activity: Activity, next: () => string): string {
    switch (word) {
      case 'case':
        return this.desk.name;
      case 'resource':
        return activity.resource ?? '';
      case 'engineer':
        return this.#engineer(activity);
      case 'next engineer':
        return next();
      default:
        return activity[word];
    }
  }

  #engineer({ resource }: Activity): string {
    return resource ?? this.#course.handler ?? this.#onTurn();
  }

  /** Rotates once per step, however often the step names the next engineer. */
  #nextEngineer({ resource }: Activity): () => string {
    let chosen: string | undefined;
    return () => {
      if (resource !== null) return resource;
      if (chosen === undefined) {
        chosen = this.#onTurn();
        this.#turns++;
      }
      return chosen;
    };
  }

  #onTurn(): string {
    return at(this.mapping.engineers, this.desk.ordinal + this.#turns).id;
  }
}

/** An item of a list that is not empty, by an index that wraps around. */
function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('The list is empty.');
  return item;
}
