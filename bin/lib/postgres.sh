# Private PostgreSQL clusters from Debian's packages: `postgres` keeps the books, `postgres-test` is made anew for tests.
# They listen on a Unix socket only, in a folder that only their own user (and root) can enter.

postgres_bin=/usr/lib/postgresql/15/bin
admin_role=cartefi_admin

# PostgreSQL refuses to run as root: then it runs as the user that Debian's package made for it.
use_cluster() { # postgres | postgres-test
  cluster=$1
  socket=/tmp/cartefi-$checkout_id${cluster#postgres}
  if ((EUID == 0)); then postgres_user=postgres; else postgres_user=$(id -un); fi
  cluster_folder=$root/.local/$cluster
  # A checkout in root's home, say, is out of that user's reach: then its data live in the system's state folder.
  if ((EUID == 0)) && ! as_postgres test -x "$root/.local" 2>/dev/null; then
    cluster_folder=/var/lib/cartefi/$checkout_id/$cluster
  fi
}

# Runs as the user that owns the cluster, with none of the caller's environment, and without the locks held here (8, 9): a
# server that inherited one would keep it.
as_postgres() {
  local clean=(env -i PATH="$postgres_bin:/usr/bin:/bin" LC_ALL=C.UTF-8 TZ=UTC)
  if ((EUID == 0)); then
    (cd / && exec setpriv --reuid="$postgres_user" --regid="$postgres_user" --init-groups -- "${clean[@]}" "$@" 8>&- 9>&-)
  else
    (cd / && exec "${clean[@]}" "$@" 8>&- 9>&-)
  fi
}

cluster_answers() {
  "$postgres_bin/pg_isready" --quiet --host="$socket" --timeout=2
}

# The superuser's URL. The password lies in the data folder: whoever can read it there can read the books anyway.
admin_url() { # database
  local password
  password=$(cat "$cluster_folder/cartefi_admin_password")
  printf 'postgres://%s:%s@localhost/%s?host=%s' "$admin_role" "$password" "$1" "$socket"
}

# One at a time: a second one waits and then finds the cluster started.
start_cluster() {
  cluster_answers && return
  (
    flock 8
    cluster_answers || start_stopped_cluster
  ) 8>"$root/.local/$cluster.lock"
}

start_stopped_cluster() {
  make_socket_folder
  if [[ $cluster == postgres-test ]]; then stop_cluster; fi
  if [[ $cluster == postgres-test || ! -f $cluster_folder/PG_VERSION ]]; then initialize_cluster; fi
  cluster_settings | as_postgres tee "$cluster_folder/cartefi.conf" >/dev/null
  if [[ $cluster != postgres-test ]]; then cluster_logins | as_postgres tee "$cluster_folder/cartefi_hba.conf" >/dev/null; fi
  forget_stale_pid
  local attempt
  # After a kill, the server's other processes take a moment to notice and let go of its shared memory.
  for attempt in 1 2 3 4 5; do
    as_postgres pg_ctl start --silent --wait --timeout=60 -D "$cluster_folder" -l "$cluster_folder/start.log" >/dev/null 2>&1 && return
    sleep "$attempt"
  done
  tail -n 15 "$cluster_folder/start.log" >&2 || true
  die "PostgreSQL did not start: its last lines stand above, all of them in $cluster_folder/start.log. Mend what they name and start again."
}

stop_cluster() {
  [[ -f $cluster_folder/postmaster.pid ]] || return 0
  as_postgres pg_ctl stop --silent --mode=fast --wait --timeout=60 -D "$cluster_folder" >/dev/null 2>&1 || true
}

# /tmp is everyone's: a folder that another user put there first is not entered.
make_socket_folder() {
  mkdir -m 700 "$socket" 2>/dev/null && { ((EUID != 0)) || chown "$postgres_user:" "$socket"; }
  [[ ! -L $socket && $(stat -c %U:%a "$socket" 2>/dev/null) == "$postgres_user:700" ]] ||
    die "$socket, the folder of PostgreSQL's socket, exists but is not a private folder of the user $postgres_user: remove it and start again."
}

# Made beside its place and renamed: an interrupted start leaves nothing half made.
initialize_cluster() {
  local fresh=$cluster_folder.new password_file auth=scram-sha-256
  # Whoever enters the test cluster's folder may be anyone in it: its data are thrown away, and tests connect all the time.
  [[ $cluster == postgres-test ]] && auth=trust
  # Books are never removed, however damaged they look.
  [[ $cluster == postgres-test || -z $(ls -A "$cluster_folder" 2>/dev/null) ]] ||
    die "$cluster_folder holds files but no PostgreSQL database: move that folder away (it may be what is left of the books) and start again."
  rm -rf "$fresh"
  mkdir -p "$(dirname "$fresh")"
  mkdir -m 700 "$fresh"
  ((EUID != 0)) || chown "$postgres_user:" "$fresh"
  password_file=$(as_postgres mktemp)
  random_hex 24 | as_postgres tee "$password_file" >/dev/null
  as_postgres initdb --pgdata="$fresh" --username="$admin_role" --pwfile="$password_file" --encoding=UTF8 \
    --locale=C.UTF-8 --data-checksums --auth-local="$auth" --auth-host=reject --no-instructions >"$logs/initdb.log" 2>&1 || {
    as_postgres rm -f "$password_file"
    tail -n 5 "$logs/initdb.log" >&2
    die "PostgreSQL could not make its data folder $cluster_folder: the last lines stand above. Mend what they name and start again."
  }
  as_postgres mv "$password_file" "$fresh/cartefi_admin_password"
  echo "include = 'cartefi.conf'" | as_postgres tee -a "$fresh/postgresql.conf" >/dev/null
  rm -rf "$cluster_folder"
  mv "$fresh" "$cluster_folder"
}

# The databases that PostgreSQL brings along are the administrator's alone: nothing is revoked in them.
cluster_logins() {
  cat <<LOGINS
# Written by bin/lib/postgres.sh at every start.
local all                $admin_role scram-sha-256
local postgres,template1 all         reject
local all                all         scram-sha-256
LOGINS
}

cluster_settings() {
  [[ $cluster == postgres-test ]] || echo "hba_file = '$cluster_folder/cartefi_hba.conf'"
  cat <<SETTINGS
# Written by bin/lib/postgres.sh at every start.
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'
# A migration or a dump touches every table of a company's schema in one transaction.
max_locks_per_transaction = 1024
max_connections = 200
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] %u@%d '
SETTINGS
  [[ $cluster == postgres-test ]] || return 0
  cat <<SETTINGS
# Speed before durability: a crash may lose these databases.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
SETTINGS
}

# A killed server leaves its process id behind, and PostgreSQL believes it as long as any process has that id.
forget_stale_pid() {
  local pid_file=$cluster_folder/postmaster.pid pid
  [[ -f $pid_file ]] || return 0
  pid=$(head -1 "$pid_file")
  [[ $(readlink "/proc/$pid/cwd" 2>/dev/null) == "$cluster_folder" ]] || as_postgres rm -f "$pid_file"
}
