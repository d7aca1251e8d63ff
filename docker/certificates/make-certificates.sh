#!/usr/bin/env bash
# Creates an authority in /authority, a certificate for each of the named nodes in /nodes, and a copy
# of the authority's certificate, which clients need, in /trusted. Existing ones are kept.
set -euo pipefail

days=1825
authority=/authority/ca
if [ ! -e "$authority/ca.crt" ]; then
  es-gencert-cli create-ca -days "$days" -out "$authority"
fi
for node in "$@"; do
  if [ ! -e "/nodes/$node/node.crt" ]; then
    es-gencert-cli create-node -days "$days" -out "/nodes/$node" \
      -ca-certificate "$authority/ca.crt" -ca-key "$authority/ca.key" \
      -ip-addresses 127.0.0.1 -dns-names "$node,localhost"
  fi
done
cp -f "$authority/ca.crt" /trusted/ca.crt
chmod 444 /trusted/ca.crt
