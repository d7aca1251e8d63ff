import { describe } from '@jest/globals';
import { copies } from './contract/copies.contract.js';
import { counting } from './contract/counting.contract.js';
import { finding } from './contract/finding.contract.js';
import { paging } from './contract/paging.contract.js';
import { writing } from './contract/writing.contract.js';
import type { Place } from './testing/opened.js';

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
    describe('counting', () => {
      counting(newPlace);
    });
    describe('paging', () => {
      paging(newPlace);
    });
  });
}
