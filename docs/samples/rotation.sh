# Deletes the oldest backups that it made before, then makes a new one. It ends with a code other than 0 if anything fails.
set -eu
state=${GEMINIDB_STATE:-backups.txt}
keep=${GEMINIDB_KEEP:-12}
[ "$keep" -ge 1 ] 2>/dev/null || { echo "GEMINIDB_KEEP must be a whole number, 1 or more" >&2; exit 1; }

# The file lists the backups that this script made, the oldest first. Its last line gets an end, if an editor left none.
touch "$state"
last=$(tail -c 1 "$state")
[ -z "$last" ] || echo >>"$state"

quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

token=$(curl --fail-with-body --silent --show-error --max-time 30 --output /dev/null --dump-header - \
  -X POST "$GEMINIDB_IAM_URL/v3/auth/tokens?nocatalog=true" \
  -H "Content-Type: application/json" -d @- <<EOF | tr -d '\r' | sed -n 's/^x-subject-token: //ip'
{ "auth": {
    "identity": { "methods": ["password"], "password": { "user": {
      "name": "$(quoted "$GEMINIDB_USERNAME")",
      "password": "$(quoted "$GEMINIDB_PASSWORD")",
      "domain": { "name": "$(quoted "$GEMINIDB_DOMAIN")" } } } },
    "scope": { "project": { "name": "$(quoted "$GEMINIDB_PROJECT")" } } } }
EOF
)
test -n "$token"

# A call, again and again while the instance is busy. It leaves the answer in $answer, and succeeds if the service accepted.
call() {
  for attempt in $(seq 30); do
    if answer=$(printf 'header = "X-Auth-Token: %s"\n' "$token" |
      curl --fail-with-body --silent --show-error --max-time 30 --config - -H "Content-Type: application/json" "$@" 2>&1); then return 0; fi
    case "$answer" in
      *DBS.200019* | *DBS.201015*) sleep "${GEMINIDB_WAIT:-10}" ;;
      *) return 1 ;;
    esac
  done
  return 1
}

while [ "$(wc -l <"$state")" -ge "$keep" ]; do
  oldest=$(head -n 1 "$state")
  if call -X DELETE "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/backups/$oldest"; then
    echo "deleted $oldest"
  else
    case "$answer" in
      *DBS.201214*) echo "gone already: $oldest" ;;
      *) echo "the delete of $oldest failed: $answer" >&2; exit 1 ;;
    esac
  fi
  tail -n +2 "$state" >"$state.new"
  mv "$state.new" "$state"
done

name="auto-$(date -u +%Y%m%d%H%M%S)-$$" # a name must be new each time
if ! call -X POST "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/instances/$GEMINIDB_INSTANCE_ID/backups" \
  -d "{ \"name\": \"$name\", \"description\": \"Periodic backup\" }"; then
  echo "the create failed: $answer" >&2
  exit 1
fi
created=$(printf '%s' "$answer" | sed -n 's/.*"backup_id" *: *"\([^"]*\)".*/\1/p')
test -n "$created"
echo "created $created"
echo "$created" >>"$state"
