# The Rust that builds both halves: rustup's stable where it has, or may add, the browser's target; else Debian's packages.

wasm_target=wasm32-unknown-unknown
debian_rust_packages=(rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22)

rust_minimum() {
  sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml"
}

new_enough() { # minimum version
  [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1) == "$1" ]]
}

rustup_ready() {
  local version
  command -v rustup >/dev/null || return 1
  # Asks the toolchain itself, which (unlike a proxy called by name) never installs anything.
  version=$(RUSTUP_AUTO_INSTALL=0 rustup run stable rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
  new_enough "$(rust_minimum)" "$version" &&
    rustup target list --installed --toolchain stable 2>/dev/null | grep -qx "$wasm_target"
}

rustup_may_install() {
  command -v rustup >/dev/null && [[ ${RUSTUP_AUTO_INSTALL:-1} != 0 ]]
}

add_to_rustup() {
  local log=$logs/rustup.log
  rustup_may_install || return 1
  watched "$log" no_progress rustup toolchain install stable --no-self-update --profile minimal \
    --component clippy --component rustfmt --target "$wasm_target" && rustup_ready
}

debian_ready() {
  [[ -x /usr/bin/cargo && -x /usr/bin/wasm-ld-22 ]] || return 1
  compgen -G "$(/usr/bin/rustc --print sysroot)/lib/rustlib/$wasm_target/lib/libstd-*.rlib" >/dev/null
}

use_rustup() {
  export RUSTUP_TOOLCHAIN=stable
  rust_bin=${CARGO_HOME:-$home/.cargo}/bin
  set_path
}

# Debian's cargo goes before a rustup that cannot build for the browser. rustc looks for `rust-lld`, which Debian lacks.
use_debian() {
  unset RUSTUP_TOOLCHAIN
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
  rust_bin=/usr/bin
  set_path
}

# Finds the toolchain without installing anything.
find_toolchain() {
  if rustup_ready; then use_rustup; elif debian_ready; then use_debian; else return 1; fi
}

install_toolchain() {
  claim_target
  find_toolchain && return
  if add_to_rustup; then
    use_rustup
    return
  fi
  install_packages "${debian_rust_packages[@]}"
  use_debian
  debian_ready || install_wasm_std
}

# Cargo knows our own crates by their place in the workspace and by time alone, so it would take what another checkout
# compiled, older or newer, for this one's. Whoever comes from another checkout compiles them again; dependencies stay.
claim_target() {
  local mark=$CARGO_TARGET_DIR/checkout manifest name
  [[ $(cat "$mark" 2>/dev/null) == "$root" ]] && return
  mkdir -p "$CARGO_TARGET_DIR"
  for manifest in "$root"/*/Cargo.toml "$root"/crates/*/Cargo.toml; do
    name=$(sed -n 's/^name = "\(.*\)"/\1/p' "$manifest" | head -1)
    find "$CARGO_TARGET_DIR" -maxdepth 4 -path "*/.fingerprint/$name-*" -prune -exec rm -rf {} +
  done
  printf '%s' "$root" >"$mark"
}

install_wasm_std() {
  local log=$logs/wasm-std.log
  can_be_root ||
    die "The browser's half needs Rust's standard library for $wasm_target, which only root may install; have this run, then start again: sudo $root/bin/lib/wasm-std.sh"
  watched "$log" cargo_progress "${root_prefix[@]}" "$root/bin/lib/wasm-std.sh" && debian_ready && return
  no_network "$log" &&
    die "Rust's standard library for the browser could not be built because the network does not answer: connect this machine and start again."
  tail -n 15 "$log" >&2
  die "Rust's standard library for the browser could not be built: the last lines stand above, all of them in $log."
}
