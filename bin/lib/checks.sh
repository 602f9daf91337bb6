# What stops a start before it begins: a taken port, a full disk.

# Whether something answers at a port of this machine.
port_answers() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null
}

check_port() { # port what
  port_answers "$1" || return 0
  local holder
  holder=$(ss -Hltnp "sport = :$1" 2>/dev/null | grep -oE '"[^"]+",pid=[0-9]+' | head -1 | sed -E 's/"(.*)",pid=(.*)/ by \1 (process \2)/') || true
  die "Port $1, which $2 needs, is taken${holder}: stop that program, or choose another port, as in PORT=$((port + 100)) bin/up."
}

# The first build takes most of its room at once; later ones need little.
check_disk() {
  local build_mb=4096
  [[ -d $CARGO_TARGET_DIR/debug/deps || -d $CARGO_TARGET_DIR/release/deps ]] && build_mb=1024
  check_free "$CARGO_TARGET_DIR" "$build_mb"
  check_free "$state" 512
  check_free /tmp 64
}

check_free() { # folder megabytes
  local folder=$1 free_mb
  while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
  free_mb=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
  ((free_mb >= $2)) ||
    die "The disk that holds $folder has $free_mb MB free, and $2 MB are needed: free some room there, or put the cache on another disk with CARTEFI_CACHE=<folder>."
}
