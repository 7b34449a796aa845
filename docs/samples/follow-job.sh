( set -eu # so that a failure does not end your shell
wait=${GEMINIDB_WAIT:-10}
sleep "$(awk "BEGIN { print $wait / 2 }")"
while :; do
  answer=$(curl --fail-with-body --silent --show-error --max-time 30 \
    "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/jobs?id=$GEMINIDB_JOB_ID" -H "X-Auth-Token: $GEMINIDB_TOKEN")
  status=$(printf '%s' "$answer" | sed -n 's/.*"status" *: *"\([^"]*\)".*/\1/p')
  echo "$status"
  case "$status" in
    Completed) break ;;
    Failed | "") echo "$answer" >&2; exit 1 ;;
    *) sleep "$wait" ;; # every other status means that it still runs
  esac
done
)
