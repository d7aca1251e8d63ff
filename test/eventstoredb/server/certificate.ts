import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A server's certificate and key, and their authority, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

const DAY_MS = 86_400_000;

/** A certificate for 127.0.0.1 and localhost from a new authority, for tests. */
export function newCertificate(now = Date.now()): Certificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    certificate: signed(content('127.0.0.1', server.publicKey, SERVER, now), authority.privateKey),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    authority: signed(
      content(AUTHORITY_NAME, authority.publicKey, AUTHORITY, now),
      authority.privateKey,
    ),
  };
}

function signed(toBeSigned: Buffer, key: KeyObject): string {
  const whole = sequence(toBeSigned, SIGNED_BY, bitString(sign('sha256', toBeSigned, key)));
  return `-----BEGIN CERTIFICATE-----\n${lines(whole)}-----END CERTIFICATE-----\n`;
}

const lines = (der: Buffer): string => der.toString('base64').replace(/.{1,64}/gu, '$&\n');

/** One value in the encoding of certificates (X.690, DER): its tag, its length, its content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  let head = [length];
  if (length > 0xff) head = [0x82, length >> 8, length & 0xff];
  else if (length > 0x7f) head = [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Buffer): Buffer => der(0x04, content);
const bitString = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const TRUE = der(0x01, Buffer.from([0xff]));

/** ecdsa-with-SHA256 */
const SIGNED_BY = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALTERNATIVE_NAME = oid('551d11');
const BASIC_CONSTRAINTS = oid('551d13');
const AUTHORITY_NAME = 'Authority of tests';

/** The key usage of each certificate. */
const AUTHORITY = sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE)));
const SERVER = sequence(
  SUBJECT_ALTERNATIVE_NAME,
  octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
);

const nameOf = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));

function content(name: string, publicKey: KeyObject, extension: Buffer, now: number): Buffer {
  // A leading bit of 0 keeps the number positive, and a following 1 its length.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(8)]);
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SIGNED_BY,
    nameOf(AUTHORITY_NAME),
    sequence(time(now - DAY_MS), time(now + 30 * DAY_MS)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
}

/** GeneralizedTime: 20261124140000Z */
const time = (milliseconds: number): Buffer => {
  const digits = new Date(milliseconds).toISOString().replace(/\D/gu, '').slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
};
