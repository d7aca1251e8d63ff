import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../problems/problem.js';
import { SampleQueryRequest, SampleRequest } from '../testing/requests.js';
import { requestSchemas } from './schemas.js';
import { compileValidators, validatorFor, type Validate } from './validator.js';

const validate = validatorFor(SampleRequest);
const validateQuery = validatorFor(SampleQueryRequest, 'query');

function problemOf(check: Validate<unknown>, value: unknown): Problem {
  try {
    check(value);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_request', status: 400 });
    return error as Problem;
  }
  throw new Error(`It took ${JSON.stringify(value)}, which it should not.`);
}
const errorsOf = (check: Validate<unknown>, value: unknown): string[] =>
  (problemOf(check, value).extras.errors ?? []).map((one) => `${one.pointer} ${one.message}`);

describe('a body that is as its class describes it', () => {
  it.each<[string, object]>([
    ['with what is needed only', { text: 'x' }],
    [
      'with everything',
      {
        text: 'Größe 🎫',
        note: '',
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
    ['with text that counts by characters', { text: '🎫'.repeat(10), note: '\n \t🎫'.repeat(2) }],
    ['with text of several lines', { text: '\n  x  \n' }],
  ])('%s is handed on as it is', (_, body) => {
    const before = structuredClone(body);
    expect(validate(body)).toBe(body);
    expect(body).toStrictEqual(before);
  });
});

describe('a body that is not', () => {
  const good = { text: 'x' };
  it.each<[string, unknown, string[]]>([
    ['lacks what is needed', {}, ['/text is missing']],
    ['is null', null, [' must be object']],
    ['is a list', [good], [' must be object']],
    ['is a text', 'text', [' must be object']],
    ['is nothing', undefined, [' must be object']],
    ['has more', { ...good, admin: true }, ['/admin is not known here']],
    ['has a strange member', { ...good, 'a/b~c': 1 }, ['/a~1b~0c is not known here']],
    ['has a member of all objects', { ...good, toString: 1 }, ['/toString is not known here']],
    ['has a number for text', { text: 7 }, ['/text must be string']],
    ['has null for text', { text: null }, ['/text must be string']],
    ['has an object for text', { text: { $ne: '' } }, ['/text must be string']],
    ['has null for what may be left out', { ...good, note: null }, ['/note must be string']],
    ['has a text for a number', { ...good, rating: '3' }, ['/rating must be integer']],
    ['has half a number', { ...good, rating: 2.5 }, ['/rating must be integer']],
    ['has too small a number', { ...good, rating: 0 }, ['/rating must be >= 1']],
    ['has too large a number', { ...good, rating: 6 }, ['/rating must be <= 5']],
    ['has a text for a truth', { ...good, accepted: 'true' }, ['/accepted must be boolean']],
    ['has another value', { ...good, severity: 'High' }, ['/severity must be one of high, low']],
    ['has no list', { ...good, people: 'bob' }, ['/people must be array']],
    ['has a wrong item', { ...good, people: ['bob', 7] }, ['/people/1 must be string']],
    [
      'has too many items',
      { ...good, people: ['a', 'b', 'c'] },
      ['/people must NOT have more than 2 items'],
    ],
    [
      'has too long a text',
      { text: 'x'.repeat(11) },
      ['/text must NOT have more than 10 characters'],
    ],
    ['has no object', { ...good, contact: [] }, ['/contact must be object']],
    ['has more inside', { ...good, contact: { fax: 1 } }, ['/contact/fax is not known here']],
    [
      'lacks something deep inside',
      { ...good, contact: { period: { from: '09:00' } } },
      ['/contact/period/timeZone is missing'],
    ],
    [
      'is wrong all over',
      { note: 7, contact: { mobile: '0', period: {} }, more: 1 },
      [
        '/text is missing',
        '/more is not known here',
        '/note must be string',
        '/contact/mobile must not be blank or malformed',
        '/contact/period/from is missing',
        '/contact/period/timeZone is missing',
      ],
    ],
  ])('because it %s is refused, and what is wrong is named', (_, body, errors) => {
    expect(errorsOf(validate, body).sort()).toStrictEqual(errors.sort());
  });

  const malformed = 'must not be blank or malformed';
  it.each<[string, unknown[]]>([
    ['text', ['   ', '\n\t', '\u00a0', 'half \ud83c', '\udfab half', '\udfab\ud83c']],
    ['note', ['\ud83c', 'x\udfab']],
    ['service', ['VPN', 'a_b', '-a', 'a-', 'a--b', 'ä', 'a b', 'a\n']],
    ['person', ['a/b', 'a\nb', '\u0000', '\u200b', '\ud83c']],
  ])('because its %s is malformed is refused: %j', (field, values) => {
    for (const value of values) {
      expect(errorsOf(validate, { ...good, [field]: value })).toStrictEqual([
        `/${field} ${malformed}`,
      ]);
    }
  });

  it.each<[string, string]>([
    ['text', ''],
    ['service', ''],
    ['person', ''],
  ])('because its %s is empty is refused', (field, value) => {
    expect(errorsOf(validate, { ...good, [field]: value })[0]).toMatch(
      new RegExp(`^/${field} must NOT have fewer than 1 characters`),
    );
  });

  it.each<[string, unknown[]]>([
    ['mobile', ['0612345678', '+0612345678', '+39 06', '+39061234567890123', 'call me', '']],
    ['email', ['alice', '@acme.example', 'alice@', 'a b@c.example', '']],
    ['period', [{ from: '24:00' }, { from: '9:00' }, { from: '09:60' }, { from: '09:00:00' }]],
    ['period', [{ timeZone: 'Mars/Olympus' }, { timeZone: '' }, { timeZone: 'Europe/' }]],
  ])('because the %s of its contact is malformed is refused: %j', (field, values) => {
    for (const value of values) {
      const period = { from: '09:00', timeZone: 'UTC' };
      const inside = typeof value === 'object' ? { ...period, ...value } : value;
      const [first, ...more] = errorsOf(validate, { ...good, contact: { [field]: inside } });
      expect(first).toMatch(new RegExp(`^/contact/${field}`));
      expect(more).toStrictEqual([]);
    }
  });

  it.each<[string, unknown[]]>([
    ['id', ['7', 'x'.repeat(36), '019ab3c4-5d6e-7f80-9123-456789abcdeg']],
    ['at', ['2026-11-24', 'noon', '2026-13-01T00:00:00Z', '2026-11-24T12:00:00', '']],
  ])('because its %s is malformed is refused: %j', (field, values) => {
    for (const value of values) {
      expect(errorsOf(validate, { ...good, [field]: value })).toStrictEqual([
        `/${field} must match format "${field === 'id' ? 'uuid' : 'date-time'}"`,
      ]);
    }
  });

  it('is told what is wrong first in a sentence', () => {
    expect(problemOf(validate, { text: 7 }).detail).toBe(
      'The body is not valid: /text must be string.',
    );
    expect(problemOf(validate, null).detail).toBe('The body is not valid: it must be object.');
  });

  it('is told at most twenty things', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`more${n}`, n]));
    expect(errorsOf(validate, many)).toHaveLength(20);
  });
});

describe('a query', () => {
  it('is read from text', () => {
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
    [{ limit: 'many' }, '/limit must be integer'],
    [{ limit: '1.5' }, '/limit must be integer'],
    [{ limit: ['1', '2'] }, '/limit must be integer'],
    [{ state: 'shut' }, '/state/0 must be one of open, closed'],
    [{ q: ' ' }, '/q must not be blank or malformed'],
    [{ sort: 'x' }, '/sort is not known here'],
  ])('%j is refused: %s', (query, error) => {
    expect(errorsOf(validateQuery, query)).toStrictEqual([error]);
    expect(problemOf(validateQuery, query).detail).toMatch(/^The query is not valid: /);
  });
});

describe('the schemas of requests', () => {
  it('have no patterns that only JavaScript understands', () => {
    const patterns = JSON.stringify(requestSchemas()).match(/"pattern":"[^"]*"/g) ?? [];
    expect(patterns.length).toBeGreaterThan(2);
    for (const pattern of patterns) expect(pattern).not.toMatch(/\\|\(\?/);
  });

  it('refuse what a class does not name, at every depth', () => {
    const schemas = requestSchemas();
    for (const name of ['SampleRequest', 'SampleContactRequest', 'SamplePeriodRequest']) {
      expect(schemas[name]).toMatchObject({ type: 'object', additionalProperties: false });
    }
    expect(schemas['SampleRequest']?.['required']).toStrictEqual(['text']);
  });

  it('compile, all of them that validators were made for', () => {
    expect(() => {
      compileValidators();
    }).not.toThrow();
  });

  it('are missed at the start where a class has none', () => {
    class Undescribed {}
    validatorFor(Undescribed);
    expect(() => {
      compileValidators();
    }).toThrow(/Undescribed/);
  });
});
