import { describe, expect, it } from '@jest/globals';
import { parseEventStoreUrl } from './address.js';

describe('a connection string of EventStoreDB', () => {
  it('is parsed into hosts, security and credentials', () => {
    expect(
      parseEventStoreUrl('esdb://admin:a%3Ab%40c@host:2114/?tlsCAFile=%2Fcerts%2Fca.crt'),
    ).toStrictEqual({
      discover: 'no',
      hosts: [{ address: 'host', port: 2114 }],
      tls: true,
      caFile: '/certs/ca.crt',
      userCertificate: null,
      credentials: { username: 'admin', password: 'a:b@c' },
      numbers: {},
      connectionName: 'service-tickets',
    });
  });

  it.each<[string, object]>([
    ['esdb://host', { hosts: [{ address: 'host', port: 2113 }], credentials: null }],
    ['kurrentdb://host?tls=false', { tls: false }],
    ['kdb+discover://cluster.example', { discover: 'by name' }],
    [
      'esdb://a,b:2114,c?nodePreference=LEADER&keep-alive-interval=20000&connectionName=one',
      {
        discover: 'by gossip',
        hosts: [
          { address: 'a', port: 2113 },
          { address: 'b', port: 2114 },
          { address: 'c', port: 2113 },
        ],
        numbers: { keepAliveInterval: 20_000 },
        connectionName: 'one',
      },
    ],
    [
      'esdb://host?userCertFile=a.crt&userKeyFile=a.key',
      { userCertificate: { certFile: 'a.crt', keyFile: 'a.key' } },
    ],
  ])('can be %s', (url, expected) => {
    expect(parseEventStoreUrl(url)).toMatchObject(expected);
  });

  it.each<[string, RegExp]>([
    ['http://user:secret@host', /is not an EventStoreDB connection string/],
    ['esdb://user:secret@', /is not an EventStoreDB connection string/],
    ['esdb://user:se/cret@host', /is not an EventStoreDB connection string/],
    ['esdb://user:se%cret@host', /percent-encoded/],
    ['esdb://user:se:cret@host', /percent-encoded/],
    ['esdb://user@host', /percent-encoded/],
    ['esdb://user:secret@host:99999', /hosts/],
    ['esdb://user:secret@ho st', /hosts/],
    ['esdb+discover://user:secret@a,b', /one host/],
    ['esdb://user:secret@host?password=secret', /options is unknown/],
    ['esdb://user:secret@host?tls=', /has no value/],
    ['esdb://user:secret@host?tls=maybe', /true or false/],
    ['esdb://user:secret@host?tlsVerifyCert=false', /always verified/],
    ['esdb://user:secret@host?nodePreference=follower', /must be leader/],
    ['esdb://user:secret@host?userCertFile=a', /go together/],
    ['esdb://user:secret@host?gossipTimeout=soon', /whole number/],
    ['esdb://user:secret@host?tlsCAFile=%zz', /percent-encoding/],
  ])('cannot be %s, and the error does not show the password', (url, words) => {
    expect(() => parseEventStoreUrl(url)).toThrow(words);
    expect(() => parseEventStoreUrl(url)).not.toThrow(/secret|cret@/);
  });
});
