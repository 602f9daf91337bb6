# Debian packages: what is missing is installed in one go by root (or sudo without a password); anyone else gets the
# command to have run.

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

can_be_root() {
  ((EUID == 0)) || sudo -n true 2>/dev/null
}

# The packages among those named that are not installed.
missing_packages() { # package…
  local name
  for name; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || printf '%s ' "$name"
  done
}

install_packages() { # package…
  local missing update_log=$logs/packages-update.log log=$logs/packages.log
  command -v apt-get >/dev/null ||
    die "CarteFi's set-up installs from Debian 12's packages, and this system has no apt-get: run it on Debian 12."
  missing=$(missing_packages "$@")
  missing=${missing% }
  [[ -n $missing ]] || return 0
  can_be_root ||
    die "These packages are missing and only root may install them; have this run, then start again: sudo apt-get update && sudo apt-get install --no-install-recommends $missing"
  # It may fail for a source that has nothing to do with CarteFi: what counts is whether the packages are found.
  watched "$update_log" no_progress "${root_prefix[@]}" apt-get update || true
  # shellcheck disable=SC2086 # a list of names
  without_main_cluster watched "$log" apt_progress "${root_prefix[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends -o Dpkg::Progress-Fancy=0 $missing || packages_failed "$missing"
}

root_prefix=()
((EUID == 0)) || root_prefix=(sudo -n)

packages_failed() { # missing
  if no_network "$log" || no_network "$update_log"; then
    die "Debian's packages could not be fetched because the network does not answer: connect this machine (or set http_proxy) and start again."
  fi
  # Rust of this year comes to Debian 12 by its security updates, which every installation has unless they were taken out.
  if grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
    die "This system's apt does not know all of these packages: $1. CarteFi's set-up needs Debian 12 with its security updates: add the line 'deb http://deb.debian.org/debian-security bookworm-security main' to /etc/apt/sources.list and start again."
  fi
  tail -n 15 "$log" >&2
  die "apt-get could not install $1: its last lines stand above, all of them in $log. Mend what they name and start again."
}

apt_progress() { # log
  local total fetched set_up
  total=$(grep -oE '[0-9]+ newly installed' "$1" | cut -d' ' -f1)
  [[ -n $total ]] || return 0
  fetched=$(grep -c '^Get:' "$1") || true
  set_up=$(grep -c '^Setting up ' "$1") || true
  printf '%s of %s packages fetched, %s set up' "$fetched" "$total" "$set_up"
}

# Debian's postgresql-15 would start a server of its own at port 5432 as it is installed. Ours is private: while PostgreSQL
# comes in, no main cluster is made. The file goes again, so that the machine keeps its habits.
without_main_cluster() { # command…
  local conf=/etc/postgresql-common/createcluster.d/cartefi.conf code=0
  as_root mkdir -p "$(dirname "$conf")"
  echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
  "$@" || code=$?
  as_root rm -f "$conf"
  return "$code"
}
