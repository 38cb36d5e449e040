#!/bin/sh
# Writes the secrets that secrets.list names from the environment to secrets/, readable by nobody but the one who needs
# them, and then becomes nginx. A line of the list is the name of a secret, the name of its variable and its reader:
# "start" for what nginx reads when it starts, "workers" for what its worker processes read for requests.
set -eu
cd "$(dirname "$0")"

# The account of the workers, which is another one when nginx is started as root.
workers_account() {
  account="$(sed -n 's/^user \([^ ;]*\);$/\1/p' nginx.conf)"
  [ -n "$account" ] || account="$(nginx -V 2>&1 | tr ' ' '\n' | sed -n 's/^--user=//p')"
  printf '%s\n' "${account:-nobody}"
}

umask 077
while read -r name variable reader; do
  if ! value="$(printenv "$variable")" || [ -z "$value" ]; then
    echo "start.sh: the environment variable $variable is not set, so the secret $name is missing" >&2
    exit 1
  fi
  rm -f "secrets/$name"
  printf '%s\n' "$value" > "secrets/$name"
  if [ "$reader" = workers ] && [ "$(id -u)" = 0 ]; then
    chmod go+x secrets
    chown "$(workers_account)" "secrets/$name"
  fi
done < secrets.list
umask 022
exec nginx -p "$PWD/" -c nginx.conf "$@"
