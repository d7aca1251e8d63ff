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
    ['digits one by one', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
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
