import type { Decider } from '#event-sourcing/decider.js';
import { decide as decideEngineer, type EngineerCommand } from '#ticketing/engineer/decide.js';
import type { EngineerEvent } from '#ticketing/engineer/events.js';
import { evolve as evolveEngineer } from '#ticketing/engineer/evolve.js';
import { noEngineer, type EngineerState } from '#ticketing/engineer/state.js';
import { decide as decideService, type ServiceCommand } from '#ticketing/service/decide.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import { evolve as evolveService } from '#ticketing/service/evolve.js';
import { noService, type ServiceState } from '#ticketing/service/state.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { decide as decideTicket } from '#ticketing/ticket/decide.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { evolve as evolveTicket } from '#ticketing/ticket/evolve.js';
import { facetsOf, noTicket, type TicketState } from '#ticketing/ticket/state.js';

/** The domain's functions, put together as the command runner wants them. */

export const ticketDecider: Decider<TicketCommand, TicketState, TicketEvent> = {
  initial: noTicket,
  stateVersion: 1,
  decide: decideTicket,
  evolve: evolveTicket,
  describe: (state) => facetsOf(state),
};

export const serviceDecider: Decider<ServiceCommand, ServiceState, ServiceEvent> = {
  initial: noService,
  stateVersion: 1,
  decide: decideService,
  evolve: evolveService,
  describe: () => null,
};

export const engineerDecider: Decider<EngineerCommand, EngineerState, EngineerEvent> = {
  initial: noEngineer,
  stateVersion: 1,
  decide: decideEngineer,
  evolve: evolveEngineer,
  describe: () => null,
};
