import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const DAY_MILLISECONDS = 86_400_000;

/** A self-signed certificate for 127.0.0.1, for tests: whoever trusts it can verify it. */
export function selfSigned(now = Date.now()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = toBeSigned(publicKey, now);
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, SIGNED_BY, bitString(signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines(certificate)}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
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

function toBeSigned(publicKey: KeyObject, now: number): Buffer {
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('127.0.0.1')))));
  // A leading bit of 0 keeps the number positive, a 1 behind it its length.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(8)]);
  const alternatives = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE))),
    sequence(SUBJECT_ALTERNATIVE_NAME, octets(alternatives)),
  );
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SIGNED_BY,
    name,
    sequence(time(now - DAY_MILLISECONDS), time(now + 30 * DAY_MILLISECONDS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
}

/** GeneralizedTime: 20261124140000Z */
const time = (milliseconds: number): Buffer => {
  const digits = new Date(milliseconds).toISOString().replace(/\D/gu, '').slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
};
