#!/usr/bin/env bash
# Creates an authority in /authority, a certificate for each of the named nodes in /nodes, one for all
# MONGODB_SERVERS (with commas between them) in /mongodb, and a copy of the authority's certificate,
# which clients need, in /trusted. Existing ones are kept.
set -euo pipefail

days=1825
authority=/authority/ca
if [ ! -e "$authority/ca.crt" ]; then
  es-gencert-cli create-ca -days "$days" -out "$authority"
fi

# A certificate for DNS names, in a folder.
create() {
  es-gencert-cli create-node -days "$days" -out "$2" \
    -ca-certificate "$authority/ca.crt" -ca-key "$authority/ca.key" \
    -ip-addresses 127.0.0.1 -dns-names "$1,localhost"
}
for node in "$@"; do
  if [ ! -e "/nodes/$node/node.crt" ]; then create "$node" "/nodes/$node"; fi
done
if [ ! -e /mongodb/server.pem ]; then
  create "$MONGODB_SERVERS" /tmp/mongodb
  # One file with both, which the servers read as members of this group.
  (umask 0227 && cat /tmp/mongodb/node.crt /tmp/mongodb/node.key > /tmp/server.pem)
  cp -p /tmp/server.pem /mongodb/server.pem
fi
cp -f "$authority/ca.crt" /trusted/ca.crt
chmod 444 /trusted/ca.crt
