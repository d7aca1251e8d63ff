/** The letters and digits of Crockford's base 32: no I, L, O or U. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference that people use for a ticket, such as `ST-7K3M9-QX2AD`: the last 50 bits of its id,
 * which are random (UUID version 7) or a hash (version 8).
 */
export function referenceOf(ticketId: string): string {
  let bits = Number.parseInt(ticketId.slice(-14).replace('-', ''), 16);
  let letters = '';
  for (let index = 0; index < 10; index++) {
    letters = (CROCKFORD[bits % 32] ?? '') + letters;
    bits = Math.floor(bits / 32);
  }
  return `ST-${letters.slice(0, 5)}-${letters.slice(5)}`;
}
