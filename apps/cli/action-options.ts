import { InvalidArgumentError, Option, type Command } from 'commander';
import { ticketCommands } from '#commands/ticket-commands.js';
import { membersOf } from '#platform/validation/schemas.js';
import type { TicketActionName } from '#ticketing/ticket/catalogue.js';

/** The used part of a member's JSON Schema. */
interface Member {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Adds an option for each member of a command's request. */
export function addOptions(command: Command, name: TicketActionName): void {
  const { request } = ticketCommands[name];
  if (request === null) return;
  const { properties = {}, required = [] } = membersOf(request);
  for (const [member, schema] of Object.entries(properties) as [string, Member][]) {
    command.addOption(optionOf(member, schema, required.includes(member)));
  }
}

function optionOf(name: string, member: Member, isRequired: boolean): Option {
  const { type, description, enum: choices, minimum, maximum } = member;
  const isNumber = type === 'integer';
  const value = isNumber ? `${minimum}-${maximum}` : 'text';
  const option = new Option(`--${name} <${value}>`, description);
  if (isNumber) option.argParser(numberOf);
  if (choices !== undefined) option.choices(choices);
  return option.makeOptionMandatory(isRequired);
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}
