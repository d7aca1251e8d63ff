import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../problems/problem.js';
import { SampleQueryRequest, SampleRequest } from '../testing/requests.js';
import { requestSchemas } from './schemas.js';
import { checkRequestClasses, validatorFor, type Validate } from './validator.js';

const validate = validatorFor(SampleRequest);
const validateQuery = validatorFor(SampleQueryRequest, 'query');

function problemOf(check: Validate<unknown>, value: unknown): Problem {
  try {
    check(value);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_request', status: 400 });
    return error as Problem;
  }
  throw new Error(`It accepted ${JSON.stringify(value)}.`);
}
const errorsOf = (check: Validate<unknown>, value: unknown): string[] =>
  (problemOf(check, value).extras.errors ?? []).map((one) => `${one.pointer} ${one.message}`);

describe('a valid body', () => {
  it.each<[string, object]>([
    ['with required members only', { text: 'x' }],
    [
      'with all members',
      {
        text: 'Größe 🎫',
        note: 'x',
        service: 'remote-access-2',
        person: 'Åsa@x.example',
        id: '019ab3c4-5d6e-7f80-9123-456789abcdef',
        at: '2026-11-24T12:00:00Z',
        severity: 'high',
        rating: 5,
        accepted: false,
        people: ['bob', 'carol'],
        contact: {
          mobile: '+390612345678',
          email: 'alice@acme.example',
          period: { from: '23:59', timeZone: 'Europe/Rome' },
        },
      },
    ],
    ['with text measured in characters', { text: '🎫'.repeat(10), note: '  ‍🎫'.repeat(2) }],
    ['with text of several lines', { text: '\n  x  \n' }],
  ])('%s is returned unchanged', (_, body) => {
    const before = structuredClone(body);
    expect(validate(body)).toBe(body);
    expect(body).toStrictEqual(before);
  });
});

describe('an invalid body', () => {
  const good = { text: 'x' };
  it.each<[string, unknown, string[]]>([
    ['lacks a required member', {}, ['/text is required']],
    ['is null', null, [' must be object']],
    ['is a list', [good], [' must be object']],
    ['is text', 'text', [' must be object']],
    ['is nothing', undefined, [' must be object']],
    ['has an unknown member', { ...good, admin: true }, ['/admin is unknown']],
    [
      'has an unknown member with special characters',
      { ...good, 'a/b~c': 1 },
      ['/a~1b~0c is unknown'],
    ],
    ['has an inherited name as a member', { ...good, toString: 1 }, ['/toString is unknown']],
    ['has a number instead of text', { text: 7 }, ['/text must be string']],
    ['has null instead of text', { text: null }, ['/text must be string']],
    ['has an object instead of text', { text: { $ne: '' } }, ['/text must be string']],
    ['has null for an optional member', { ...good, note: null }, ['/note must be string']],
    [
      'has text instead of a number',
      { ...good, rating: '3' },
      ['/rating must be a whole number in decimal digits'],
    ],
    [
      'has a fraction instead of an integer',
      { ...good, rating: 2.5 },
      ['/rating must be a whole number in decimal digits'],
    ],
    ['has too small a number', { ...good, rating: 0 }, ['/rating must be >= 1']],
    ['has too large a number', { ...good, rating: 6 }, ['/rating must be <= 5']],
    ['has text instead of a boolean', { ...good, accepted: 'true' }, ['/accepted must be boolean']],
    [
      'has a value outside the enumeration',
      { ...good, severity: 'High' },
      ['/severity must be one of high, low'],
    ],
    ['has text instead of a list', { ...good, people: 'bob' }, ['/people must be array']],
    ['has a wrong item', { ...good, people: ['bob', 7] }, ['/people/1 must be string']],
    [
      'has too many items',
      { ...good, people: ['a', 'b', 'c'] },
      ['/people must NOT have more than 2 items'],
    ],
    [
      'has text that is too long',
      { text: 'x'.repeat(11) },
      ['/text must NOT have more than 10 characters'],
    ],
    ['has a list instead of an object', { ...good, contact: [] }, ['/contact must be object']],
    ['has an unknown nested member', { ...good, contact: { fax: 1 } }, ['/contact/fax is unknown']],
    [
      'lacks a deeply nested member',
      { ...good, contact: { period: { from: '09:00' } } },
      ['/contact/period/timeZone is required'],
    ],
    [
      'has many errors',
      { note: 7, contact: { mobile: '0', period: {} }, more: 1 },
      [
        '/text is required',
        '/more is unknown',
        '/note must be string',
        '/contact/mobile must not be blank or malformed',
        '/contact/period/from is required',
        '/contact/period/timeZone is required',
      ],
    ],
  ])('is refused with its errors because it %s', (_, body, errors) => {
    expect(errorsOf(validate, body).sort()).toStrictEqual(errors.sort());
  });

  const unreadable = 'must not be blank, malformed, or have control characters';
  it.each<[string, unknown[]]>([
    ['text', ['\u200b', '\u2800', '\u3164', '\u0301', ' \u200d\ufe0f\n']],
    ['note', [' ', '\u00ad', '\u2800', '\u115f\u1160', '\u{e0100}', '\u0301\u20dd']],
    ['text', ['   ', '\n\t', '\u00a0', 'half \ud83c', '\udfab half', '\udfab\ud83c']],
    ['text', ['\u001b[2J', 'a\rb', 'a\u009bb', 'a\u202eb', 'a\u2066b', '\u007f']],
    ['note', ['\ud83c', 'x\udfab', 'a\nb', 'a\tb', 'a\u2028b', 'a\u009bb', 'a\u202eb']],
    ['person', ['a\nb', '\u0000', '\u200b', '\ud83c', 'a\u2028b']],
  ])('is refused because its %s is malformed: %j', (field, values) => {
    for (const value of values) {
      expect(errorsOf(validate, { ...good, [field]: value })).toStrictEqual([
        `/${field} ${unreadable}`,
      ]);
    }
  });

  it('is refused because its service is malformed', () => {
    for (const value of ['VPN', 'a_b', '-a', 'a-', 'a--b', 'ä', 'a b', 'a\n']) {
      expect(errorsOf(validate, { ...good, service: value })).toStrictEqual([
        '/service must not be blank or malformed',
      ]);
    }
  });

  it.each<[string, string]>([
    ['text', ''],
    ['service', ''],
    ['person', ''],
  ])('is refused because its %s is empty', (field, value) => {
    expect(errorsOf(validate, { ...good, [field]: value })[0]).toMatch(
      new RegExp(`^/${field} must NOT have fewer than 1 characters`),
    );
  });

  it.each<[string, unknown[]]>([
    ['mobile', ['0612345678', '+0612345678', '+39 06', '+39061234567890123', 'call me', '']],
    ['email', ['alice', '@acme.example', 'alice@', 'a b@c.example', '']],
    ['period', [{ from: '24:00' }, { from: '9:00' }, { from: '09:60' }, { from: '09:00:00' }]],
    ['period', [{ timeZone: 'Mars/Olympus' }, { timeZone: '' }, { timeZone: 'Europe/' }]],
  ])('is refused because the %s of its contact is malformed: %j', (field, values) => {
    for (const value of values) {
      const period = { from: '09:00', timeZone: 'UTC' };
      const inside = typeof value === 'object' ? { ...period, ...value } : value;
      const [first, ...more] = errorsOf(validate, { ...good, contact: { [field]: inside } });
      expect(first).toMatch(new RegExp(`^/contact/${field}`));
      expect(more).toStrictEqual([]);
    }
  });

  it.each<[string, string, unknown[]]>([
    [
      'id',
      'must match format "uuid"',
      ['7', 'x'.repeat(36), '019ab3c4-5d6e-7f80-9123-456789abcdeg'],
    ],
    [
      'at',
      'must be a time such as 2026-11-24T12:00:00Z',
      ['2026-11-24', 'noon', '2026-13-01T00:00:00Z', '2026-11-24T12:00:00', ''],
    ],
    [
      'at',
      'must be a time such as 2026-11-24T12:00:00Z',
      ['2016-12-31T23:59:60Z', '2026-11-24T24:00:00Z', '2026-11-24T12:00:00+24:00'],
    ],
  ])('is refused because its %s %s: %j', (field, message, values) => {
    for (const value of values) {
      expect(errorsOf(validate, { ...good, [field]: value })).toStrictEqual([
        `/${field} ${message}`,
      ]);
    }
  });

  it('has its first error in the detail', () => {
    expect(problemOf(validate, { text: 7 }).detail).toBe(
      'The body is not valid: /text must be string.',
    );
    expect(problemOf(validate, null).detail).toBe('The body is not valid: it must be object.');
  });

  it('has at most twenty errors', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`more${n}`, n]));
    expect(errorsOf(validate, many)).toHaveLength(20);
  });
});

describe('a query', () => {
  it('is converted from text', () => {
    expect(validateQuery({ limit: '20', state: 'open', q: '7' })).toStrictEqual({
      limit: 20,
      state: ['open'],
      q: '7',
    });
    expect(validateQuery({ state: ['open', 'closed'] })).toStrictEqual({
      state: ['open', 'closed'],
    });
    expect(validateQuery({})).toStrictEqual({});
  });

  it.each<[object, string]>([
    [{ limit: '0' }, '/limit must be >= 1'],
    [{ limit: '201' }, '/limit must be <= 200'],
    ...['many', '1.5', '0x10', '1e2', '+1', ' 1', '1 ', '-1', '1_0', '٣', '1n', '', ['1', '2']].map(
      (limit): [object, string] => [{ limit }, '/limit must be a whole number in decimal digits'],
    ),
    [{ state: 'shut' }, '/state/0 must be one of open, closed'],
    [{ q: ' ' }, '/q must not be blank, malformed, or have control characters'],
    [{ sort: 'x' }, '/sort is unknown'],
  ])('%j is refused: %s', (query, error) => {
    expect(errorsOf(validateQuery, query)).toStrictEqual([error]);
    expect(problemOf(validateQuery, query).detail).toMatch(/^The query is not valid: /);
  });
});

describe('the schemas of requests', () => {
  it('have only portable patterns', () => {
    const patterns = JSON.stringify(requestSchemas()).match(/"pattern":"[^"]*"/g) ?? [];
    expect(patterns.length).toBeGreaterThan(2);
    for (const pattern of patterns) expect(pattern).not.toMatch(/\\|\(\?/);
  });

  it('refuse unknown members at every depth', () => {
    const schemas = requestSchemas();
    for (const name of ['SampleRequest', 'SampleContactRequest', 'SamplePeriodRequest']) {
      expect(schemas[name]).toMatchObject({ type: 'object', additionalProperties: false });
    }
    expect(schemas['SampleRequest']?.['required']).toStrictEqual(['text']);
  });

  it('exist for all requested validators', () => {
    expect(() => {
      checkRequestClasses();
    }).not.toThrow();
  });

  it('stop the start if a class has none', () => {
    class Undescribed {}
    validatorFor(Undescribed);
    expect(() => {
      checkRequestClasses();
    }).toThrow(/Undescribed/);
  });
});
