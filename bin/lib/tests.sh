# Runs tests by cargo and by node, shows what matters while they run, and counts.

passed=0
failed=0
skipped=0

# A crate that no group runs would pass unnoticed.
every_crate_is_listed() {
  local manifest crate
  for manifest in "$root"/*/Cargo.toml "$root"/crates/*/Cargo.toml; do
    crate=$(basename "$(dirname "$manifest")")
    [[ " ${unit_crates[*]} ${db_crates[*]} ${untested_crates[*]} " == *" $crate "* ]] ||
      die "The crate $crate belongs to no group of tests: name it at the head of bin/test."
  done
}

crate_folder() { # crate
  if [[ -d $root/crates/$1 ]]; then echo "$root/crates/$1"; else echo "$root/$1"; fi
}

# The test binaries in a crate's tests/, by name.
test_targets() { # crate
  local path
  for path in "$(crate_folder "$1")"/tests/*.rs "$(crate_folder "$1")"/tests/*/main.rs; do
    [[ -f $path ]] || continue
    path=${path%/main.rs}
    basename "$path" .rs
  done
}

# What cargo is to run of some crates when the comparisons have a group of their own.
targets_but_refs() { # crate…
  local crate target
  printf '%s\n' --lib --bins
  for crate; do
    for target in $(test_targets "$crate"); do
      [[ $target == refs ]] || printf -- '--test=%s\n' "$target"
    done
  done
}

crates_with_refs() {
  local crate
  for crate in "${db_crates[@]}"; do
    if test_targets "$crate" | grep -x refs >/dev/null; then echo "$crate"; fi
  done
}

cargo_tests() { # name, cargo's arguments…
  local name=$1 log=$logs/tests-$1.log code
  shift
  printf '\n== %s: cargo test %s\n' "$name" "$*"
  set +e
  # --show-output: a test that found its material absent passes, and says so in a line 'skipped: …'.
  cargo test --manifest-path "$root/Cargo.toml" --no-fail-fast "$@" -- --show-output 2>&1 </dev/null | tee "$log" |
    grep --line-buffered -E '^ +(Running|Doc-tests) |^test .*FAILED|^test result:|^skipped: |^(warning|error)'
  code=${PIPESTATUS[0]}
  set -e
  count_cargo "$log" "$code"
}

count_cargo() { # log, exit code
  local sums skips
  sums=$(awk '
    /^test result:/ {
      for (i = 2; i <= NF; i++) {
        if ($i == "passed;") p += $(i - 1)
        if ($i == "failed;") f += $(i - 1)
        if ($i == "ignored;") s += $(i - 1)
      }
    }
    END { print p + 0, f + 0, s + 0 }' "$1")
  local p f s
  read -r p f s <<<"$sums"
  skips=$(grep -c '^skipped: ' "$1" || true)
  if ((f > 0)); then
    awk '/^failures:$/ { on = 1 } /^test result:/ { on = 0 } on' "$1"
  elif (($2 != 0)); then
    # Tests that could not be built failed too.
    f=1
    tail -n 40 "$1"
  fi
  if ((f > 0)); then echo "All of it is in $1."; fi
  count $((p - skips)) "$f" $((s + skips))
}

node_tests() { # name, files…
  local name=$1 log=$logs/tests-$1.tap code=0
  shift
  printf '\n== %s: node --test\n' "$name"
  node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" "$@" </dev/null || code=$?
  local p f s
  p=$(tap_count pass "$log") f=$(($(tap_count fail "$log") + $(tap_count cancelled "$log")))
  s=$(($(tap_count skipped "$log") + $(tap_count todo "$log")))
  ((code == 0 || f > 0)) || f=1
  count "$p" "$f" "$s"
}

tap_count() { # word log
  local number
  number=$(sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$2" 2>/dev/null | tail -1)
  echo "${number:-0}"
}

count() { # passed failed skipped
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + $3))
}
