( set -eu # so that a failure does not end your shell
: "${GEMINIDB_URL:=http://127.0.0.1:4010}" "${GEMINIDB_TOKEN:=any-token}"
: "${GEMINIDB_PROJECT_ID:=my-project}" "${GEMINIDB_INSTANCE_ID:=my-instance}"
base="$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID"

created=$(curl --fail-with-body --silent --show-error --max-time 30 \
  -X POST "$base/instances/$GEMINIDB_INSTANCE_ID/backups" \
  -H "X-Auth-Token: $GEMINIDB_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{ "name": "first-call", "description": "Before the release" }')
backup_id=$(printf '%s' "$created" |
  sed -n 's/.*"backup_id" *: *"\([^"]*\)".*/\1/p')
test -n "$backup_id"
echo "created $backup_id"

# The instance is busy while the backup is made: try again, 30 times at most.
retries=30
until answer=$(curl --fail-with-body --silent --max-time 30 \
  -X DELETE "$base/backups/$backup_id" \
  -H "X-Auth-Token: $GEMINIDB_TOKEN"); do
  case "$retries $answer" in
    [1-9]*DBS.200019* | [1-9]*DBS.201015*) sleep "${GEMINIDB_WAIT:-10}" ;;
    *) echo "$answer" >&2; exit 1 ;;
  esac
  retries=$((retries - 1))
done
echo "deleted $backup_id"
)
