import { describe, expect, it } from '@jest/globals';
import { findSensitive } from './sensitive-text.js';

describe('a private key', () => {
  it.each([
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    'It fails with this one: -----BEGIN EC PRIVATE KEY----- and so on',
  ])('is found in %j', (text) => {
    expect(findSensitive(text)).toBe('a private key');
  });

  it.each([
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----',
    'The private key is on the other machine.',
    'BEGIN PRIVATE KEY',
  ])('is not found in %j', (text) => {
    expect(findSensitive(text)).toBeNull();
  });
});

describe('a password', () => {
  it.each([
    'password: hunter2',
    'Password: hunter2',
    'PASSWORD:hunter2',
    'user: alice, password : hunter2',
    'password:\nhunter2',
    'password: пароль',
    'password: _secret',
  ])('is found in %j', (text) => {
    expect(findSensitive(text)).toBe('a password');
  });

  it.each([
    'I forgot my password.',
    'password:',
    'password: ***',
    'The password hunter2 does not work',
    'passwords: none',
    'nopassword: true',
  ])('is not found in %j', (text) => {
    expect(findSensitive(text)).toBeNull();
  });
});

describe('a bank card number', () => {
  // Test numbers published by card companies.
  it.each([
    ['Visa', '4111111111111111'],
    ['Visa with 13 digits', '4222222222222'],
    ['Visa with 19 digits', '4000000000000000006'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the new range', '2223003122003222'],
    ['American Express', '378282246310005'],
    ['Diners Club', '30569309025904'],
    ['Discover', '6011111111111117'],
    ['in groups', '4111 1111 1111 1111'],
    ['with hyphens', '4111-1111-1111-1111'],
    ['in groups of four, six and five', '3782 822463 10005'],
    ['in a sentence', 'My card 4111 1111 1111 1111, I think.'],
    ['after a number', 'Order 12 4111 1111 1111 1111'],
    ['after a longer number', 'Order 5550 4111 1111 1111 1111'],
    ['before a number', '4111 1111 1111 1111 123'],
    ['digits one by one', 'It is 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
    ['in pairs, after a number', 'Order 7 41-11-11-11-11-11-11-11'],
    ['in groups of any size', '41 111 1111 11 11111'],
    ['with no-break spaces', '4111\u00a01111\u00a01111\u00a01111'],
    ['with narrow spaces', '4111\u202f1111\u20091111\u20031111'],
    ['with dashes', '5555\u20115555\u20135555\u20144444'],
    ['with spaced dashes', '4111 - 1111 - 1111 - 1111'],
    ['with dots', '6011.1111.1111.1117'],
    ['with middle dots', '4111·1111·1111·1111'],
    ['with slashes, underscores and tabs', '4111/1111_1111\t1111'],
    ['with an expiry', '4111 1111 1111 1111 12/27'],
    ['in wide digits', '\uff14１１１１１１１１１１１１１１１'],
    [
      'in mathematical digits',
      Array.from('4111111111111111', (n) => String.fromCodePoint(0x1d7ce + Number(n))).join(''),
    ],
    [
      'in Arabic digits',
      Array.from('4111111111111111', (n) => String.fromCodePoint(0x660 + Number(n))).join(''),
    ],
    [
      'in the digits of Devanagari',
      Array.from('5555555555554444', (n) => String.fromCodePoint(0x966 + Number(n))).join(' '),
    ],
    ['in keycaps', Array.from('4111111111111111', (n) => `${n}\ufe0f\u20e3`).join('')],
    ['with spaces of no width', '4111\u200b1111\u20601111\u00ad1111'],
    ['JCB', '3530111333300000'],
    ['UnionPay', '6200000000000005'],
    ['UnionPay with 19 digits', '6205500000000000004'],
    ['Maestro', '6759649826438453'],
    ['Maestro with 12 digits', '501800000009'],
    ['Mir', '2200 1234 5678 9019'],
    ['in the second line', 'Call 0612345678.\n5555-5555-5555-4444'],
  ])('is found: %s', (_, text) => {
    expect(findSensitive(text)).toBe('a bank card number');
  });

  it.each([
    ['a number that fails its check digit', '4111111111111112'],
    ['groups that fail their check digit', '4111 1111 1111 1112'],
    ['a number of 12 digits', '411111111116'],
    ['a number of 20 digits', '41111111111111111115'],
    ['a number that begins with 1', '1000000000000008'],
    ['a number that begins with 9', '9000000000000000'],
    ['a number of zeros', '0000000000000000'],
    ['an IMEI', '490154203237518'],
    ['an IMEI of these days', 'IMEI 356938035643809'],
    ['an IMEI of the range of JCB', '353879234252633'],
    ['an IMEI in its groups', '35-693803-564380-9'],
    ['an IMEI in groups of four', '3569 3803 5643 809'],
    ['another IMEI with spaces', '86 723405 123456 8'],
    ['an IMEI with dots', '35.693803.564380.9'],
    ['a number of no issuer', '7992739871000000'],
    ['a Mastercard that is too short', '51000000000008'],
    ['a telephone number of the Philippines', '+63 917 123 4561'],
    ['addresses and times', '54.236.117.201 52.23.184.112 2026/11/24'],
    ['digits in words', '4111 and 1111 and 1111 and 1111'],
    ['a mobile number', '+39 061 234 5678'],
    ['a time', '2026-11-24 12:00:00.000'],
    ['an IP address', '192.168.100.200'],
    ['no text', ''],
  ])('is not found: %s', (_, text) => {
    expect(findSensitive(text)).toBeNull();
  });

  it.each(Array.from('0123456789'))('is recognized by its check digit: %s', (digit) => {
    expect(findSensitive(`411111111111111${digit}`)).toBe(
      digit === '1' ? 'a bank card number' : null,
    );
  });
});

describe('the longest description', () => {
  // A pattern with exponential backtracking would block the whole service.
  it.each([
    ['digits', '1'.repeat(10_000)],
    ['groups of digits', '999 '.repeat(2_500)],
    ['the beginnings of keys', '-----BEGIN '.repeat(900)],
    ['the beginning of a key', `-----BEGIN ${'A '.repeat(4_990)}`],
    ['white space after a password', `password:${' '.repeat(9_990)}`],
    ['passwords', 'password: '.repeat(1_000).replaceAll(' p', ' *p')],
  ])('is scanned quickly if it is full of %s', (_, text) => {
    const before = process.cpuUsage();
    findSensitive(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(500);
  });
});
