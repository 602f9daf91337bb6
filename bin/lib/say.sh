# What the person at the terminal reads: numbered steps with their time, progress of the long ones, and a sentence when
# something is wrong.

step_number=0
step_total=0
step_label=
step_started=0
watched_group=
terminal=
[[ -t 1 ]] && terminal=1

# Ends the script with a sentence that says what happened and what to do.
die() {
  [[ -n $terminal && -n $step_label ]] && printf '\n'
  printf '%s\n' "$*" >&2
  exit 1
}

duration() { # seconds
  if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); fi
}

step() { # label command…
  step_number=$((step_number + 1))
  step_label="$step_number/$step_total $1"
  step_started=$SECONDS
  shift
  [[ -n $terminal ]] && printf '%s … ' "$step_label"
  "$@"
  [[ -n $terminal ]] && printf '\r\033[K'
  printf '%s … %s\n' "$step_label" "$(duration $((SECONDS - step_started)))"
  step_label=
}

# Runs a program with its output in a log, and shows how far it is: one changing line in a terminal, else a line every
# 15 seconds. `progress` is a function that reads the log and prints a few words. Gives the program's exit code.
watched() { # log progress command…
  local log=$1 progress=$2 shown=$SECONDS every=15
  shift 2
  [[ -n $terminal ]] && every=1
  # A group of its own: Ctrl-C reaches this script first, which then ends the group.
  setsid "$@" >"$log" 2>&1 </dev/null &
  watched_group=$!
  while kill -0 "$watched_group" 2>/dev/null; do
    sleep 0.1
    ((SECONDS - shown < every)) && continue
    shown=$SECONDS
    progress_line "$("$progress" "$log")"
  done
  local code=0
  wait "$watched_group" || code=$?
  watched_group=
  return "$code"
}

progress_line() { # words
  local line
  line="$step_label … ${1:+$1, }$(duration $((SECONDS - step_started)))"
  if [[ -n $terminal ]]; then printf '\r\033[K%s' "${line:0:$((${COLUMNS:-80} - 1))}"; else printf '%s\n' "$line"; fi
}

stop_watched() {
  [[ -z $watched_group ]] || kill -TERM -- "-$watched_group" 2>/dev/null || true
}

no_progress() { :; }

# The last crates that cargo counted: "212/466 crates".
cargo_progress() { # log
  local last
  last=$(tail -c 4000 "$1" | tr '\r' '\n' | grep -oE '[0-9]+/[0-9]+|Blocking waiting' | tail -1)
  case $last in
    '') ;;
    Blocking*) printf 'waiting for another build' ;;
    *) printf '%s crates' "$last" ;;
  esac
}

# Whether a program's output says that it could not reach the network.
no_network() { # log
  grep -qiE "could not resolve|failed to resolve|failure resolving|name resolution|network (is unreachable|failure)|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|failed to connect|unable to connect|cannot initiate the connection|connection (refused|timed out)|couldn't connect|could not connect|NewConnectionError|spurious network" "$1"
}
