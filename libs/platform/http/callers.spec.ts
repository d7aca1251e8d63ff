import { describe, expect, it } from '@jest/globals';
import type { Role } from '#ticketing/decision.js';
import { readHttpLimits } from '../http-limits.js';
import { networkOf, partiesOf } from './callers.js';

const limits = readHttpLimits((_name, _parse, otherwise) => otherwise);
const actor = (id: string, tenant: string | null, ...roles: Role[]) => ({ id, tenant, roles });
const keysOf = (...given: Parameters<typeof actor>) =>
  partiesOf(actor(...given), '192.0.2.1', limits).map(({ kind, key }) => [kind, key]);

describe('the parties behind a request', () => {
  it('are a customer and their tenant', () => {
    expect(keysOf('alice', 'acme', 'customer')).toEqual([
      ['customer', 'actor ["acme","alice"]'],
      ['tenant', 'tenant acme'],
    ]);
  });

  it.each<[Role]>([['engineer'], ['lead'], ['admin'], ['auditor'], ['reporter']])(
    'are only the person if they have the role %s',
    (role) => {
      expect(keysOf('bob', 'acme', 'customer', role)).toEqual([['staff', 'actor ["acme","bob"]']]);
    },
  );

  it('are a customer if they have no role', () => {
    expect(keysOf('norma', null)).toEqual([['customer', 'actor [null,"norma"]']]);
  });

  it('are others for the same name in another tenant', () => {
    expect(keysOf('alice', 'acme', 'customer')).not.toEqual(keysOf('alice', 'globex', 'customer'));
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('are the network of an address without a token: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
    expect(partiesOf(undefined, address, limits)).toMatchObject([
      { kind: 'address', key: `address ${network}` },
    ]);
  });
});
