import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Answers, LARGEST_ANSWER, type Answer } from './answers.js';
import type { Party } from './callers.js';

const allowance = {
  requestsPerMinute: 0,
  bytesPerMinute: 0,
  wordsPerMinute: 0,
  requestsAtOnce: 0,
  streams: 0,
};
const party = (kind: Party['kind'], key: string): Party => ({ kind, key, allowance });
const acme = party('tenant', 'acme');
/** Room for two answers of a customer, four of a tenant or of a member of staff. */
const ROOM = 16 * LARGEST_ANSWER;

let answers: Answers;
let begun: string[];
let cut: string[];
beforeEach(() => {
  cut = [];
  answers = new Answers(ROOM);
  begun = [];
});

function ask(caller: string, tenant?: Party): Answer {
  const kind = caller.startsWith('staff') ? 'staff' : 'customer';
  const person = party(kind, caller);
  const answer = answers.for(tenant === undefined ? [person] : [person, tenant], () =>
    cut.push(caller),
  );
  answer.whenRoom(() => begun.push(caller));
  return answer;
}

describe('answers', () => {
  it('wait while others of the same caller may need too much, and nobody else waits', () => {
    const [first] = [ask('alice'), ask('alice'), ask('alice'), ask('ben')];
    expect(begun).toEqual(['alice', 'alice', 'ben']);
    first.hold(100);
    expect(begun).toEqual(['alice', 'alice', 'ben']);
    first.end();
    expect(begun).toEqual(['alice', 'alice', 'ben', 'alice']);
  });

  it('hold what they have until they are read', () => {
    const small = Array.from({ length: 50 }, () => {
      const answer = ask('alice');
      answer.hold(1_000);
      return answer;
    });
    expect(begun).toHaveLength(50);
    expect(answers.bytes).toBe(50_000);
    for (const answer of small) answer.end();
    expect(answers.bytes).toBe(0);
  });

  it('of one tenant wait for each other', () => {
    for (const caller of ['a', 'b', 'c']) for (let n = 0; n < 2; n++) ask(caller, acme);
    ask('d');
    expect(begun).toEqual(['a', 'a', 'b', 'b', 'd']);
  });

  it('wait while those of all callers need too much, and then take turns', () => {
    const made = ['staff 1', 'staff 2', 'staff 3', 'staff 4'].flatMap((caller) =>
      Array.from({ length: 4 }, () => ask(caller)),
    );
    for (const answer of made) answer.hold(LARGEST_ANSWER);
    begun = [];
    for (const caller of ['a', 'a', 'a', 'b', 'c']) ask(caller);
    expect(begun).toEqual([]);
    for (const answer of made) answer.end();
    expect(begun).toEqual(['a', 'b', 'c', 'a']);
  });

  it('are not made for those who have gone, nor kept', () => {
    const [first, , gone] = [ask('alice'), ask('alice'), ask('alice'), ask('alice')];
    expect(answers.waiting).toBe(2);
    gone.end();
    gone.end();
    expect(answers.waiting).toBe(1);
    first.end();
    expect(answers.waiting).toBe(0);
    expect(begun).toEqual(['alice', 'alice', 'alice']);
    gone.whenRoom(() => begun.push('gone'));
    expect(begun).not.toContain('gone');
  });

  describe('of streams', () => {
    const stream = (caller: string, unreadBytes = 0): Answer => {
      const answer = ask(caller);
      answer.becomeStream();
      answer.hold(unreadBytes);
      return answer;
    };
    const wait = (answer: Answer) => {
      answer.whenRoom(() => begun.push('a text'));
    };
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('count together, and apart from the queries of their caller', () => {
      const [ofBen, ofAlice] = [stream('ben'), stream('alice')];
      for (let n = 0; n < 8; n++) stream('alice', LARGEST_ANSWER / 4);
      expect(answers.bytes).toBe(2 * LARGEST_ANSWER);
      ask('alice');
      wait(ofBen);
      expect(begun.slice(-2)).toEqual(['alice', 'a text']);
      wait(ofAlice);
      expect(answers.waiting).toBe(1);
    });

    it('are cut if they are not read while others wait for their room', () => {
      const unread = stream('alice', LARGEST_ANSWER);
      stream('alice', LARGEST_ANSWER);
      stream('ben', LARGEST_ANSWER);
      jest.advanceTimersByTime(60_000);
      expect(cut).toEqual([]);
      wait(stream('alice'));
      jest.advanceTimersByTime(1_000);
      expect(cut).toEqual(['alice', 'alice']);
      unread.end();
      expect(begun.at(-1)).toBe('a text');
    });

    it('are not cut if their client has just read a text', () => {
      const [slow, waiting] = [stream('alice'), stream('ben')];
      for (const caller of ['staff 1', 'staff 2', 'staff 3', 'staff 4'])
        for (let n = 0; n < 4; n++) ask(caller).hold(LARGEST_ANSWER);
      wait(waiting);
      for (let second = 0; second < 30; second++) {
        slow.hold(0);
        slow.hold(1_000);
        jest.advanceTimersByTime(1_000);
      }
      expect(cut).toEqual([]);
      expect(answers.waiting).toBe(1);
    });
  });
});
