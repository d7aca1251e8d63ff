import { describe } from '@jest/globals';
import { describeReadModelStore } from '../view-store.contract.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';

describe('with transactions', () => {
  const { newPlace } = mongodbPlaces('replica set');
  describeReadModelStore('on a MongoDB replica set', true, newPlace);
});

describe('without transactions', () => {
  const { newPlace } = mongodbPlaces('standalone');
  describeReadModelStore('on a standalone MongoDB server', false, newPlace);
});
