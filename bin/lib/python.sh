# beancount, which the reference tests compare with, in a Python environment of its own in the cache.

beancount_packages=(beancount==3.2.3 beanquery==0.2.0)

install_beancount() {
  local log=$logs/python.log versions
  versions=$(printf '%s\n' "${beancount_packages[@]}" | sha256sum | cut -c1-12)
  local venv=$cache/venv/beancount-$versions
  if [[ ! -x $venv/bin/bean-query ]]; then
    rm -rf "$venv"
    watched "$log" no_progress /usr/bin/python3 -m venv "$venv" || python_failed "$log" "$venv"
    watched "$log" no_progress "$venv/bin/pip" install --quiet --disable-pip-version-check "${beancount_packages[@]}" ||
      python_failed "$log" "$venv"
  fi
  python_bin=$venv/bin
  set_path
}

python_failed() { # log venv
  rm -rf "$2"
  no_network "$1" &&
    die "beancount could not be fetched because the network does not answer: connect this machine and start again."
  tail -n 15 "$1" >&2
  die "beancount could not be installed: pip's last lines stand above, all of them in $1."
}
