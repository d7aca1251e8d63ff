import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { shared } from './messages.js';

/** A UUID as lowercase text, from both forms of the protocol. */
export function uuidText(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (structured === undefined) return (uuid?.getString() ?? '').toLowerCase();
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getMostSignificantBits())), 0);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getLeastSignificantBits())), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const uuidAsText = (id: string): UUID => new shared.UUID().setString(id);

/** The upper and lower half of a UUID, as signed numbers. */
export function uuidBits(id: string): readonly [bigint, bigint] {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return [bytes.readBigInt64BE(0), bytes.readBigInt64BE(8)];
}
