#!/bin/sh
# A first argument that is an option or no program is Node's.
set -e
case "$1" in
  -*) exec node "$@" ;;
esac
if command -v "$1" >/dev/null; then exec "$@"; fi
exec node "$@"
