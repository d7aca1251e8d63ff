import { decide as decideEngineer } from './engineer/decide.js';
import { evolve as evolveEngineer } from './engineer/evolve.js';
import { noEngineer } from './engineer/state.js';
import { decide as decideService } from './service/decide.js';
import { evolve as evolveService } from './service/evolve.js';
import { noService } from './service/state.js';
import { decide as decideTicket } from './ticket/decide.js';
import { evolve as evolveTicket } from './ticket/evolve.js';
import { facetsOf, noTicket } from './ticket/state.js';

/**
 * The domain's functions for each kind of stream. They fit the decider of `libs/event-sourcing` by
 * shape. Raise `stateVersion` when the shape of a state changes: it makes old snapshots invalid.
 */

export const ticketDecider = {
  initial: noTicket,
  stateVersion: 2,
  decide: decideTicket,
  evolve: evolveTicket,
  /** What every event says about the ticket before and after it. */
  describe: facetsOf,
};

export const serviceDecider = {
  initial: noService,
  stateVersion: 1,
  decide: decideService,
  evolve: evolveService,
  describe: () => null,
};

export const engineerDecider = {
  initial: noEngineer,
  stateVersion: 1,
  decide: decideEngineer,
  evolve: evolveEngineer,
  describe: () => null,
};
