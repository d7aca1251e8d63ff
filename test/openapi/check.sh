#!/bin/sh
# Checks the OpenAPI document with the recommended rules of Redocly and Spectral. Works offline.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
node dist/test/openapi/main.js document "$folder/openapi.json"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_SUPPRESS_NOTIFICATIONS=true
redocly lint --extends recommended --format stylish "$folder/openapi.json"
echo 'extends: ["spectral:oas"]' > "$folder/spectral.yaml"
spectral lint --fail-severity warn --ruleset "$folder/spectral.yaml" "$folder/openapi.json"
