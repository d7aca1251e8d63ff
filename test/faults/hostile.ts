import type { Fault } from './fault.js';
export const hostile: Fault = {
  name: 'hostile',
  holds: '',
  target: 50_000,
  run: () => Promise.resolve({ trials: 0, rounds: 0, failures: [] }),
};
