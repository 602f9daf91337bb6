# What the binary is told by its environment. The superuser's URL and what `cartefi setup` writes for the operator are named in a
# file of their own: the server's environment leads to neither.

write_instance_settings() { # superuser's url, build profile, private cluster or "", false where the server makes no recurring entries
  local admin=$1 profile=$2
  secret key 32 >/dev/null
  secret oidc_client >/dev/null
  write_settings "$state/admin.env" \
    "CARTEFI_ADMIN_URL=$admin" \
    "CARTEFI_OPERATOR_CONFIG=$secrets/operator.json"
  write_settings "$state/env" \
    "CARTEFI_CONFIG=$secrets/server.json" \
    "CARTEFI_KEY_FILE=$secrets/key" \
    "CARTEFI_OIDC_ISSUER=http://localhost:$oidc_port" \
    "CARTEFI_OIDC_CLIENT_ID=cartefi" \
    "CARTEFI_OIDC_CLIENT_SECRET_FILE=$secrets/oidc_client" \
    "CARTEFI_PUBLIC_URL=$public_url" \
    "CARTEFI_SITE=$CARGO_TARGET_DIR/site" \
    "CARTEFI_CLUSTER=$3" \
    "CARTEFI_RECURRING=${4:-true}" \
    "CARTEFI_BINARY=$CARGO_TARGET_DIR/$profile/cartefi" \
    "PORT=$port"
}
