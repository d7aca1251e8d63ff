import { describe } from '@jest/globals';
import { copies } from './contract/copies.contract.js';
import { leases } from './contract/leases.contract.js';
import { rebuilding } from './contract/rebuilding.contract.js';
import { parking } from './contract/parking.contract.js';
import { status } from './contract/status.contract.js';
import { counting } from './contract/counting.contract.js';
import { everyEvent } from './contract/every-event.contract.js';
import { projecting } from './contract/projecting.contract.js';
import { finding } from './contract/finding.contract.js';
import { paging } from './contract/paging.contract.js';
import { writing } from './contract/writing.contract.js';
import type { Place } from '#consuming/testing/opened.js';

/**
 * The contract of all adapters of `ViewStore`.
 *
 * @param newPlace - returns a new, empty place
 */
export function describeReadModelStore(name: string, newPlace: () => Place): void {
  describe(`the read models ${name}`, () => {
    describe('writing', () => {
      writing(newPlace);
    });
    describe('copies', () => {
      copies(newPlace);
    });
    describe('leases', () => {
      leases(newPlace);
    });
    describe('rebuilding', () => {
      rebuilding(newPlace);
    });
    describe('parking', () => {
      parking(newPlace);
    });
    describe('status', () => {
      status(newPlace);
    });
    describe('finding', () => {
      finding(newPlace);
    });
    describe('counting', () => {
      counting(newPlace);
    });
    describe('paging', () => {
      paging(newPlace);
    });
    describe('projecting', () => {
      projecting(newPlace);
    });
    describe('an event of any type', () => {
      everyEvent(newPlace);
    });
  });
}
