# Not part of this package's description: a neighbouring call of the same API, by hand.
set -eu
while :; do
  answer=$(curl --fail-with-body --silent --show-error \
    "$BASE_URL/v3/$PROJECT_ID/jobs?id=$JOB_ID" -H "X-Auth-Token: $TOKEN")
  status=$(printf '%s' "$answer" | sed -n 's/.*"status" *: *"\([^"]*\)".*/\1/p')
  echo "$status"
  case "$status" in
    Running) ;;
    Completed) break ;;
    *) echo "$answer" >&2; exit 1 ;;
  esac
  sleep "${WAIT_SECONDS:-10}"
done
