# Where things are. Sourced by everything in bin/; changes nothing on disk.

set -euo pipefail
# Locale of messages that these scripts read, and of everything they start.
export LC_ALL=C.UTF-8

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Six digits that tell this checkout from others on the machine.
checkout_id=$(printf '%s' "$root" | sha256sum | cut -c1-6)
home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
# Compiled dependencies, npm packages and the Python environment: outside the checkout, shared by all of them.
cache=${CARTEFI_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/cartefi}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}

# Programs are looked for in this order: Node.js of the cache, Python of the cache, the chosen Rust, then the caller's PATH.
callers_path=$PATH
node_bin=
python_bin=
rust_bin=
set_path() {
  PATH=${node_bin:+$node_bin:}${python_bin:+$python_bin:}${rust_bin:+$rust_bin:}$callers_path
}

# An instance is one running CarteFi: its settings, secrets, logs and process ids in a folder, and its ports.
# `bin/up` runs the one in .local; the end-to-end tests one of their own in .local/test.
use_instance() { # folder port
  state=$1
  port=$2
  oidc_port=$((port + 5))
  public_url=http://localhost:$port
  logs=$state/log
  run=$state/run
  secrets=$state/secrets
}

make_instance_folders() {
  mkdir -p "$state" "$logs" "$run" "$secrets"
  chmod 700 "$secrets"
}

# The contents of a secret file, made of random bytes at first use.
secret() { # name [bytes]
  local file=$secrets/$1
  [[ -s $file ]] || (umask 077 && random_hex "${2:-24}" >"$file.new" && mv "$file.new" "$file")
  cat "$file"
}

random_hex() { # bytes
  od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'
}

# KEY='value' lines, for `set -a; . file`. Values are quoted for the shell.
write_settings() { # file KEY=value…
  local file=$1 setting value
  shift
  (
    umask 077
    for setting; do
      value=${setting#*=}
      printf "%s='%s'\n" "${setting%%=*}" "${value//\'/\'\\\'\'}"
    done >"$file.new"
    mv "$file.new" "$file"
  )
}
