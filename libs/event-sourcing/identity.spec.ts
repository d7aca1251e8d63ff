import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandIdOf, createdIdOf, eventIdOf } from './identity.js';

const UUID_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('derived ids', () => {
  it('do not depend on time or process', () => {
    // These values are on existing logs: they must never change.
    expect(commandIdOf('["acme","alice"]', 'key-1')).toBe('d6dd59d5-4fb8-8ec5-9ffb-1163593f87da');
    expect(createdIdOf('["acme","alice"]', 'key-1')).toBe('9fea1bfd-5f81-86c8-9e3d-e8a5f76e2786');
    expect(eventIdOf('019ab3c4-5d6e-7f80-9123-456789abcdef', 2)).toBe(
      '019ab3c4-5d6e-7f80-9123-456789abcdf1',
    );
    // The counter wraps around; the rest of the id stays.
    expect(eventIdOf('019ab3c4-5d6e-7f80-9123-ffffffffffff', 1)).toBe(
      '019ab3c4-5d6e-7f80-9123-000000000000',
    );
  });

  it('are UUIDs of version 8', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(1_000), (caller, key, index) => {
        const command = commandIdOf(caller, key);
        for (const id of [command, createdIdOf(caller, key), eventIdOf(command, index)]) {
          expect(id).toMatch(UUID_8);
        }
      }),
    );
  });

  it('differ by caller, key and purpose', () => {
    const ids = [
      commandIdOf('a', 'b'),
      commandIdOf('b', 'a'),
      commandIdOf('ab', ''),
      commandIdOf('', 'ab'),
      commandIdOf('a', 'B'),
      commandIdOf('a","b', ''),
      createdIdOf('a', 'b'),
      createdIdOf('b', 'a'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the ids of the events of a command', () => {
  it("begin like the command's id, with its time and version", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(100), (command, index) => {
        expect(eventIdOf(command, index).slice(0, 24)).toBe(command.slice(0, 24));
      }),
    );
  });

  it('are UUIDs that differ for every event and command', () => {
    const commands = Array.from({ length: 50 }, () => randomUUID());
    const ids = commands.flatMap((command) =>
      Array.from({ length: 20 }, (_, index) => eventIdOf(command, index)),
    );
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(UUID);
  });
});
