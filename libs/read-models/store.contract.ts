import { describe } from '@jest/globals';
import { copies } from './contract/copies.contract.js';
import { finding } from './contract/finding.contract.js';
import { paging } from './contract/paging.contract.js';
import { writing } from './contract/writing.contract.js';
import type { ReadModelStore } from './store.js';

/** Where read models are kept. Every opening is a store of its own, as in a process of its own. */
export interface Place {
  open(): Promise<ReadModelStore>;
}

/** What every adapter of the read models keeps. `newPlace` gives one where nothing is yet. */
export function describeReadModelStore(name: string, newPlace: () => Place): void {
  describe(`the read models ${name}`, () => {
    describe('writing', () => {
      writing(newPlace);
    });
    describe('copies', () => {
      copies(newPlace);
    });
    describe('finding', () => {
      finding(newPlace);
    });
    describe('paging', () => {
      paging(newPlace);
    });
  });
}
