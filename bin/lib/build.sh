# The steps of a start that more than one script takes: packages, database, build, the binary's own set-up.

# All that is to be installed at once, so that whoever may not install is told in one sentence.
install_for_up() { # further packages…
  local packages=(build-essential ca-certificates curl git pkg-config "$@")
  [[ -n ${CARTEFI_DATABASE_URL:-} ]] || packages+=(postgresql-15)
  command -v npm >/dev/null || packages+=(nodejs npm)
  find_toolchain || rustup_may_install || packages+=("${debian_rust_packages[@]}")
  install_packages "${packages[@]}"
  install_node
  npm_packages frontend dev/oidc-provider
}

build() { # debug | release
  local log=$logs/build.log release=()
  [[ $1 == release ]] && release=(--release)
  mkdir -p "$CARGO_TARGET_DIR"
  if watched "$log" cargo_progress env CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=100 \
    cargo run --manifest-path "$root/Cargo.toml" --package xtask -- build "${release[@]}"; then return; fi
  no_network "$log" &&
    die "The Rust packages could not be fetched because the network does not answer: connect this machine and start again."
  grep -qi 'no space left' "$log" &&
    die "The disk that holds $CARGO_TARGET_DIR is full: free some room there, or put the cache on another disk with CARTEFI_CACHE=<folder>."
  # The compiler's messages without the progress bars between them.
  tr '\r' '\n' <"$log" | grep -vE '^\s*(Building|Compiling|Fresh|Downloaded|Downloading|Blocking|Finished|Running) ' | tail -n 60 >&2
  die "The build failed: the compiler's messages stand above, all of them in $log."
}

# Roles and databases as this version of the program wants them, and every company at its version of the schema.
set_up_databases() {
  local command log
  for command in setup migrate; do
    log=$logs/$command.log
    watched "$log" no_progress "$root/bin/cartefi" "$command" && continue
    tail -n 15 "$log" >&2
    die "The databases could not be prepared: the last lines stand above, all of them in $log. Mend what they name and start again."
  done
}
