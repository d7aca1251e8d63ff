/**
 * Run by mongosh beside the first of the MongoDB servers that MEMBERS names (with commas between
 * them): makes a replica set of them, unless they are one, waits for its primary, and makes the users
 * `admin` and `tickets` with MONGODB_ADMIN_PASSWORD and MONGODB_PASSWORD, unless they are there. It
 * must reach the server by localhost: MongoDB lets the first user be made from there alone.
 */
const { MEMBERS, MONGODB_ADMIN_PASSWORD, MONGODB_PASSWORD } = process.env;
const DEADLINE_MS = 60_000;
const admin = db.getSiblingDB('admin');

function makeReplicaSet() {
  if (db.hello().setName !== undefined) return;
  const members = MEMBERS.split(',').map((name, index) => ({
    _id: index,
    host: `${name}:27017`,
    // The first becomes the primary, because the users are created there.
    priority: index === 0 ? 2 : 1,
  }));
  rs.initiate({ _id: 'tickets', members });
}

function until(what, condition) {
  const end = Date.now() + DEADLINE_MS;
  while (!condition(db.hello())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${DEADLINE_MS / 1000} s.`);
    sleep(500);
  }
}

function canSignIn(user, password) {
  try {
    return admin.auth(user, password).ok === 1;
  } catch {
    return false;
  }
}

/** `tickets` is made last: where it is there, so is `admin`. */
function makeUsers() {
  if (canSignIn('tickets', MONGODB_PASSWORD)) return;
  until('the first server is the primary', (hello) => hello.isWritablePrimary);
  if (!canSignIn('admin', MONGODB_ADMIN_PASSWORD)) {
    admin.createUser({ user: 'admin', pwd: MONGODB_ADMIN_PASSWORD, roles: ['root'] });
    admin.auth('admin', MONGODB_ADMIN_PASSWORD);
  }
  // The read models, and the state of the policies.
  const roles = ['service-tickets', 'service-tickets-policies'].map((db) => ({
    role: 'readWrite',
    db,
  }));
  admin.createUser({ user: 'tickets', pwd: MONGODB_PASSWORD, roles });
}

makeReplicaSet();
until(`a primary among ${MEMBERS}`, (hello) => hello.primary !== undefined);
makeUsers();
