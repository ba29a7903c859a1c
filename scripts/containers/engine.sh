#!/usr/bin/env bash
# Gives a command a container engine of its own, and leaves nothing of it behind.
#
#   engine.sh online|apart WORK COMMAND…     WORK: a folder for images and sockets; the caller removes it
#
# The engine and the command live in namespaces of their own. Whatever way this ends, the kernel ends the processes,
# mounts, bridges and packet filter rules with the last of them. "online" has the network of the machine and no bridge:
# for building. "apart" has a network of its own, with bridges and published ports, and nothing beyond it: for running.
#
# Exit code 75, with a sentence, where no engine can be had or another one runs.
set -euo pipefail

cannot() {
  echo "$1" >&2
  exit 75
}

if [ "${1:-}" != inside ]; then
  network=$1 work=$(realpath "$2")
  shift 2
  [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || cannot "A container engine is started as root on Linux only."
  for program in dockerd docker containerd runc iptables ip unshare; do
    PATH=/usr/sbin:/usr/bin:/sbin:/bin command -v "$program" >/dev/null ||
      cannot "$program is not installed (Debian: docker.io, iptables, iproute2)."
  done
  for name in /proc/[0-9]*/comm; do
    case $(cat "$name" 2>/dev/null) in
      dockerd | containerd) cannot "Another container engine runs on this machine, and is left alone." ;;
    esac
  done
  isolation=(--mount --pid --fork --kill-child --mount-proc)
  [ "$network" = online ] || isolation+=(--net)
  unshare "${isolation[@]}" true 2>/dev/null || cannot "This machine does not allow namespaces of one's own."

  # The one thing that outlives its namespace is an empty folder for each control group.
  group=posturio-$$
  end() {
    find /sys/fs/cgroup -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null || true
  }
  trap end EXIT
  set +e
  unshare "${isolation[@]}" -- bash "$0" inside "$network" "$work" "$group" "$@" &
  inside=$!
  for signal in TERM INT HUP; do trap 'kill -TERM "$inside" 2>/dev/null' "$signal"; done
  wait "$inside"
  code=$?
  # A trapped signal ends the first wait early.
  while kill -0 "$inside" 2>/dev/null; do
    wait "$inside"
    code=$?
  done
  exit "$code"
fi

network=$2 work=$3 group=$4
shift 4
export PATH="/usr/sbin:/usr/bin:/sbin:/bin:$PATH" DOCKER_HOST="unix://$work/docker.sock" DOCKER_CONFIG="$work/config"
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
mkdir -p "$work/config" "$work/data"
rm -rf "$work/exec" "$work/docker.pid"
echo '{}' >"$work/daemon.json"

options=()
if [ "$network" = online ]; then
  options+=(--bridge=none --iptables=false --ip-forward=false --ip-masq=false)
else
  ip link set lo up
fi
dockerd --config-file "$work/daemon.json" -H "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" \
  --pidfile "$work/docker.pid" --cgroup-parent "/$group" --exec-opt native.cgroupdriver=cgroupfs "${options[@]}" \
  >"$work/dockerd.log" 2>&1 &
engine=$!

# In good order where that is possible: images and control groups stay whole. The end of this process ends the rest.
end() {
  trap - EXIT
  trap '' TERM INT HUP
  docker ps -q | xargs -r docker kill >/dev/null 2>&1
  kill -TERM "$engine" 2>/dev/null
  for _ in $(seq 100); do
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.1
  done
}
trap end EXIT
trap 'exit 143' TERM INT HUP

for _ in $(seq 100); do
  docker version >/dev/null 2>&1 && break
  kill -0 "$engine" 2>/dev/null || break
  sleep 0.2
done
if ! docker version >/dev/null 2>&1; then
  tail -5 "$work/dockerd.log" >&2
  cannot "The container engine does not start here."
fi

"$@" &
command=$!
wait "$command"
