import { attacksByReading } from './attacks-by-reading.js';
import { attacksByWriting } from './attacks-by-writing.js';

/** Attacks by one caller, or by one tenant. What the writing ones leave makes the answers large. */
export const attacks = { ...attacksByWriting, ...attacksByReading };

export type AttackName = keyof typeof attacks;
