# The programs that a running instance consists of, beside PostgreSQL: the sign-in provider, the process that keeps a stock
# of empty companies, and the server. Each has a log and a file with its process id.

start_service() { # name command…
  local name=$1 log=$logs/$1.log
  shift
  [[ ! -s $log ]] || mv "$log" "$log.1"
  # A session of its own: Ctrl-C in the terminal ends bin/up, which then stops the services in order.
  setsid "$@" >"$log" 2>&1 </dev/null 9>&- &
  echo "$! $(process_start "$!")" >"$run/$name.pid"
}

# The moment a process began, in the kernel's ticks: with it, a process id that was given anew is not mistaken for ours.
process_start() { # pid
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The name, second field, may hold spaces: count from the parenthesis that ends it.
  awk '{ print $20 }' <<<"${stat##*) }"
}

service_pid() { # name
  local pid start
  read -r pid start 2>/dev/null <"$run/$1.pid" || return 1
  [[ -n $start && $(process_start "$pid") == "$start" && $(process_state "$pid") != Z ]] || return 1
  echo "$pid"
}

process_state() { # pid
  sed -n 's/^State:\s*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null
}

service_alive() { # name
  service_pid "$1" >/dev/null
}

# Asks a service to end, and waits for it: the server first answers the requests it has.
stop_service() { # name seconds
  local pid deadline=$((SECONDS + $2))
  if pid=$(service_pid "$1"); then
    kill -TERM "$pid" 2>/dev/null || true
    while service_alive "$1" && ((SECONDS < deadline)); do sleep 0.1; done
    service_alive "$1" && kill -KILL "$pid" 2>/dev/null
  fi
  rm -f "$run/$1.pid"
}

stop_services() {
  stop_service server 30
  stop_service provision 10
  stop_service oidc 5
}

# Waits until an address answers 200. A service that ends first is shown with its last words.
wait_for_service() { # name address seconds
  local deadline=$((SECONDS + $3))
  until curl --noproxy '*' --silent --fail --output /dev/null --max-time 2 "$2"; do
    service_alive "$1" || service_failed "$1" "ended as it started"
    ((SECONDS < deadline)) || service_failed "$1" "does not answer at $2 after $3 s"
    sleep 0.1
  done
}

service_failed() { # name what
  [[ -z $terminal ]] || printf '\n' >&2
  tail -n 15 "$logs/$1.log" >&2
  stop_services
  die "The $1 $2: its last lines stand above, all of them in $logs/$1.log. Mend what they name and start again."
}

# The sign-in provider's settings, and a digest of them and its sources: with the same, a running one need not be restarted.
oidc_settings() { # test switches
  printf '%s\n' "OIDC_PORT=$oidc_port" "OIDC_APP_URL=$public_url" "OIDC_PEOPLE_FILE=$state/people.json" \
    "OIDC_CLIENT_SECRET_FILE=$secrets/oidc_client" "OIDC_TEST_SWITCHES=$1"
}

oidc_digest() { # test switches
  (oidc_settings "$1" && cat "$secrets/oidc_client" "$root"/dev/oidc-provider/{*.mjs,package-lock.json}) | sha256sum
}

start_oidc() { # test switches
  local digest settings
  digest=$(oidc_digest "$1")
  if service_alive oidc && [[ $(cat "$run/oidc.digest" 2>/dev/null) == "$digest" ]]; then return; fi
  stop_service oidc 5
  check_port "$oidc_port" "the sign-in provider"
  mapfile -t settings < <(oidc_settings "$1")
  start_service oidc env "${settings[@]}" node "$root/dev/oidc-provider/start.mjs"
  wait_for_service oidc "http://localhost:$oidc_port/health" 20
  echo "$digest" >"$run/oidc.digest"
}

# Starts the server anew, and the process that keeps the stock.
start_cartefi() {
  stop_service server 30
  stop_service provision 10
  check_port "$port" CarteFi
  start_service provision "$root/bin/cartefi" provision
  start_service server "$root/bin/cartefi" serve
  wait_for_service server "$public_url/ready" 60
}
