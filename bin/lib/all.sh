# Everything that the scripts in bin/ share.

source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
for part in say checks packages toolchain node python postgres settings services build; do
  source "$root/bin/lib/$part.sh"
done
