#!/bin/sh
# Installs the MongoDB-compatible server that the tests use: .cache/mongodb-server/run starts it.
set -eu
cd "$(dirname "$0")/../.."
folder="$PWD/.cache/mongodb-server"
version='SecantusDB==0.7.0b3'

if [ -x "$folder/run" ] && [ "$(cat "$folder/version")" = "$version" ]; then exit 0; fi
rm -rf "$folder"
mkdir -p "$folder"
if python3 -m venv "$folder/python"; then
  "$folder/python/bin/pip" install --quiet --disable-pip-version-check "$version"
  program="exec '$folder/python/bin/secantusd-py'"
else
  # A Python without ensurepip makes no environment with pip in it, but may have pip itself.
  rm -rf "$folder/python"
  python3 -m pip install --quiet --disable-pip-version-check --target "$folder/python" "$version"
  program="PYTHONPATH='$folder/python' exec python3 '$folder/python/bin/secantusd-py'"
fi
printf '#!/bin/sh\n%s "$@"\n' "$program" > "$folder/run"
chmod +x "$folder/run"
echo "$version" > "$folder/version"
