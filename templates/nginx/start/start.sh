#!/bin/sh
# Writes the secrets that secrets.list names from the environment to secrets/, readable by this account only, and then
# becomes nginx. A line of the list is the name of a secret and the name of its variable.
set -eu
cd "$(dirname "$0")"
umask 077
while read -r name variable; do
  if ! value="$(printenv "$variable")" || [ -z "$value" ]; then
    echo "start.sh: the environment variable $variable is not set, so the secret $name is missing" >&2
    exit 1
  fi
  printf '%s\n' "$value" > "secrets/$name"
done < secrets.list
umask 022
exec nginx -p "$PWD/" -c nginx.conf "$@"
