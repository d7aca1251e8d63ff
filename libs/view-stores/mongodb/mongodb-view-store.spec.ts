import { describeReadModelStore } from '../view-store.contract.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';

const { newPlace } = mongodbPlaces();
describeReadModelStore('on a MongoDB replica set', newPlace);
