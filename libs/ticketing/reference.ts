/** The letters and digits of Crockford's base 32: no I, L, O or U. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What people call a ticket: `ST-7K3M9-QX2AD`, from the last 50 bits of its id, which are random
 * (UUID version 7) or a hash (version 8).
 */
export function referenceOf(ticketId: string): string {
  let bits = BigInt(`0x${ticketId.replaceAll('-', '').slice(-13)}`);
  let letters = '';
  for (let index = 0; index < 10; index++) {
    letters = (CROCKFORD[Number(bits & 31n)] ?? '') + letters;
    bits >>= 5n;
  }
  return `ST-${letters.slice(0, 5)}-${letters.slice(5)}`;
}
