# Makes a backup, keeps the newest few, deletes the rest. For cron: it ends with 1 if anything went wrong.
set -eu
state=${STATE:-backups.txt}
touch "$state"
call() { curl --silent --show-error "$@" -H "X-Auth-Token: $TOKEN" -H "Content-Type: application/json"; }

name="auto-$(date -u +%Y%m%d%H%M%S)-$$"
created=$(call --fail-with-body -X POST "$BASE_URL/v3/$PROJECT_ID/instances/$INSTANCE_ID/backups" \
  -d "{ \"name\": \"$name\", \"description\": \"\" }") || { echo "$created" >&2; exit 1; }
made=$(printf '%s' "$created" | sed -n 's/.*"backup_id" *: *"\([^"]*\)".*/\1/p')
test -n "$made" # an answer without it, such as a redirect, ends here
echo "$made" >>"$state"
echo "made $made"

while [ "$(wc -l <"$state")" -gt "${KEEP:-12}" ]; do
  oldest=$(head -n 1 "$state")
  answer=$(call --write-out '%{http_code}' -X DELETE "$BASE_URL/v3/$PROJECT_ID/backups/$oldest")
  case "$answer" in
    *202) echo "deleted $oldest" ;;
    *DBS.201214*) echo "gone already: $oldest" ;;
    *) echo "$answer" >&2; exit 1 ;;
  esac
  tail -n +2 "$state" >"$state.new" && mv "$state.new" "$state"
done
