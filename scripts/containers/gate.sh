#!/usr/bin/env bash
# Builds the image and runs the whole installation as the documents say it, on an engine of its own.
#
#   gate.sh [WORK]      WORK: keeps images and layers for the next time; without it nothing is kept
#
# Exit code 75, with a sentence, where no engine can be had. Needs root on Debian; nothing is left behind.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
checkout=$(realpath "$here/../..")
cd "$checkout"
export WORK=${1:-}
if [ -z "$WORK" ]; then
  WORK=$(mktemp -d /tmp/posturio-containers-XXXXXX)
  trap 'rm -rf "$WORK"' EXIT
fi
mkdir -p "$WORK"
WORK=$(realpath "$WORK")
for program in docker-compose debootstrap; do
  command -v "$program" >/dev/null || { echo "$program is not installed." >&2; exit 75; }
done

# Whoever ends this ends the engine, too.
child=
trap '[ -z "$child" ] || { kill -TERM "$child"; wait "$child"; } 2>/dev/null; exit 143' TERM INT HUP
engine() {
  "$here/engine.sh" "$@" &
  child=$!
  wait "$child"
  child=
}
say() { printf '%4s s  %s\n' "$SECONDS" "$1"; }

# Any values: what a build is made of are not an installation's settings.
sed 's/=$/=unset/' .env.example >"$WORK/build.env"
cat >"$WORK/build-network.yml" <<END
version: "3.9"
services:
  migrate: {build: {network: host}}
  web: {build: {network: host}}
  worker: {build: {network: host}}
  sandbox: {build: {network: host}}
END

say "images"
# A registry that stops in the middle of an answer stops npm for good: the second build goes on from the kept layers.
engine online "$WORK" bash -euo pipefail -c '
  '"$here"'/bases.sh "$WORK" node
  # The others while npm and Next.js are busy.
  '"$here"'/bases.sh "$WORK" redis postgres >"$WORK/bases.log" 2>&1 &
  bases=$!
  build() {
    timeout 600 docker-compose --env-file "$WORK/build.env" --project-name posturio -f docker-compose.yml \
      -f "$WORK/build-network.yml" build >"$WORK/build.log" 2>&1
  }
  build || build || { tail -40 "$WORK/build.log" >&2; exit 1; }
  wait "$bases" || { cat "$WORK/bases.log" >&2; exit 1; }'

say "installation"
engine apart "$WORK" node --import ./scripts/ready.mjs scripts/containers/check.ts "$WORK"
say "done"
