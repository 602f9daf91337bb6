# Node.js and npm packages. Debian 12's Node.js is too old for some of them: then a newer one goes into the cache.

node_minimum=22.12
node_version=22.23.3
# No package's own install script runs: none of ours needs one. Without a network, npm says so at once.
npm_options=(--ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000)

find_node() {
  local version machine
  version=$(node --version 2>/dev/null | tr -d v) || true
  [[ -n $version ]] && new_enough "$node_minimum" "$version" && return
  machine=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
  node_folder=$cache/node/node-$node_version
  node_package=node-linux-$machine
  [[ -x $node_folder/node_modules/$node_package/bin/node ]] || return 1
  node_bin=$node_folder/node_modules/$node_package/bin
  set_path
}

install_node() {
  find_node && return
  local log=$logs/node.log
  watched "$log" no_progress npm install "${npm_options[@]}" --prefix "$node_folder" "$node_package@$node_version" ||
    npm_failed "$log" "Node.js $node_version"
  find_node || die "Node.js $node_version was installed in $node_folder but does not run there: remove that folder and start again."
}

# Installs what a folder's package-lock.json says into the cache, and links it into the folder as node_modules.
npm_packages() { # folder…
  local folder lock packages log=$logs/npm.log
  for folder; do
    lock=$(sha256sum <"$root/$folder/package-lock.json" | cut -c1-12)
    packages=$cache/node/$(basename "$folder")-$lock
    if [[ ! -d $packages ]]; then
      rm -rf "$packages.new"
      mkdir -p "$packages.new"
      cp "$root/$folder"/package{,-lock}.json "$packages.new/"
      # npm runs under the Node.js it came with.
      watched "$log" no_progress env PATH="$callers_path" npm ci "${npm_options[@]}" --prefix "$packages.new" ||
        npm_failed "$log" "the npm packages of $folder"
      mv "$packages.new" "$packages"
    fi
    # A node_modules that someone made by hand stays.
    if [[ -L $root/$folder/node_modules || ! -e $root/$folder/node_modules ]]; then
      ln -sfn "$packages/node_modules" "$root/$folder/node_modules"
    fi
  done
}

npm_failed() { # log what
  no_network "$1" &&
    die "npm could not fetch $2 because the network does not answer: connect this machine and start again."
  tail -n 15 "$1" >&2
  die "npm could not install $2: its last lines stand above, all of them in $1."
}
