# shellcheck shell=bash
# npm packages, exactly those of package-lock.json, into node_modules/ of this checkout.

npm_ready() {
  local wanted
  wanted=$(cat "$root/package-lock.json" "$root/package.json" | cksum)
  [ "$(cat "$root/node_modules/.interleave-stamp" 2>/dev/null)" = "$wanted" ]
}

fetch_npm() {
  npm_ready && return
  (cd "$root" && quietly "Fetching npm packages" npm ci --prefer-offline --ignore-scripts --no-audit --no-fund)
  cat "$root/package-lock.json" "$root/package.json" | cksum >"$root/node_modules/.interleave-stamp"
}
