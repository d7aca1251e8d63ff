/** Words of a security desk, roughly by frequency. */
export const COMMON_WORDS: readonly string[] = `
the to of a and in is it on for that we with not this from have are at be after was as our since
you can no but when all by has please an or there they will been again if one your only now still
any which were up out so same also more every new before time what some their other had server
access user users log alert alerts system network service traffic firewall error report account
host client mail connection rule policy office update team ticket problem issue please check
blocked login vpn page internal external device gateway port address certificate version change
morning today yesterday night monday tuesday wednesday thursday friday week hours minutes several
found started failed shows seems cannot need request reset enabled disabled installed restarted
attached screenshot file files folder customer laptop workstation domain name password key token
session agent scanner scan signature sensor proxy filter queue message messages sender recipient
phishing spam malware virus suspicious unknown attempt attempts brute force locked unlock
permission permissions role group admin administrator remote site branch headquarters tunnel
drops slow timeout latency packet packets loss bandwidth interface switch router cable wireless
guest printer backup restore database query table record records export import dashboard chart
event events rate threshold limit exceeded high low critical severity priority escalate confirmed
resolved closed open pending waiting reply information details example step steps reproduce
expected actual result workaround fix fixed patch release upgrade maintenance window scheduled
approved rejected exception whitelist blacklist allow deny source destination range subnet zone
inbound outbound protocol https http dns smtp ftp ssh rdp ldap saml oauth radius kerberos
renewed expired expires revoked issued trusted untrusted chain root intermediate handshake cipher
encryption decrypted encrypted disk volume partition memory cpu load process thread crash dump
stack trace debug verbose output input configuration setting settings default value values
parameter option options template script job schedule hourly daily weekly monthly quarter audit
compliance evidence finding risk vulnerability vulnerabilities exploit advisory vendor support
contract license renewal invoice contact phone mobile number call meeting colleague manager
department finance sales marketing engineering human resources legal warehouse factory hall floor
building room rack cabinet camera badge door reader visitor contractor supplier partner portal
`
  .trim()
  .split(/\s+/);

const NAMES = 'atlas boreas ceres delos ether fornax gaia hydra ionia juno kepler lyra'.split(' ');
const SITES = 'ams ber cph dub fra gva hel lis lon mad mil muc osl par prg rom sto vie waw zrh';
const KINDS = ['fw', 'gw', 'srv', 'ws', 'sw', 'ap', 'db', 'mx'];

/** Names of hosts, of which a desk has thousands: each is rare. */
export const RARE_WORDS: readonly string[] = SITES.split(' ').flatMap((site) =>
  KINDS.flatMap((kind) => [
    ...NAMES.map((name) => `${name}${kind}${site}`),
    ...Array.from({ length: 20 }, (_, number) => `${kind}${site}${number + 1}`),
  ]),
);
