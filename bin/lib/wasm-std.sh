#!/usr/bin/env bash
# Builds the standard library for the browser (wasm32-unknown-unknown) from the source package of Debian's Rust and puts it
# into that compiler's sysroot, where it looks like any installed target. Run by root. RUSTC_BOOTSTRAP, which lets a stable
# compiler build its own library, is for this step alone.
set -euo pipefail
rustc=/usr/bin/rustc
cargo=/usr/bin/cargo
target=wasm32-unknown-unknown
library=$("$rustc" --print sysroot)/lib/rustlib/$target/lib
compgen -G "$library/libstd-*.rlib" >/dev/null && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
touch "$work/src/lib.rs"
printf '[package]\nname = "sysroot"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml"
cd "$work"
env -u CARGO_TARGET_DIR -u RUSTUP_TOOLCHAIN RUSTC="$rustc" RUSTC_BOOTSTRAP=1 \
  "$cargo" build --release -Zbuild-std=std,panic_abort,panic_unwind --target "$target"

# libstd last and by rename: its presence says that the target is whole.
mkdir -p "$library"
find "target/$target/release/deps" -name 'lib*.rlib' ! -name 'libsysroot-*' ! -name 'libstd-*' -exec cp {} "$library/" \;
for std in "target/$target/release/deps"/libstd-*.rlib; do
  cp "$std" "$library/incomplete"
  mv "$library/incomplete" "$library/$(basename "$std")"
done
