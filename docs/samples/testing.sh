# The mock runs: npx geminidb-backup mock --port 4010
( set -eu # so that a failure does not end your shell
backups="$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID"
created=$(curl --fail-with-body --silent --max-time 30 -X POST "$backups/instances/$GEMINIDB_INSTANCE_ID/backups" \
  -H "X-Auth-Token: any" -H "Content-Type: application/json" \
  -d '{ "name": "from-shell", "description": "For a test" }')
backup_id=$(printf '%s' "$created" | sed -n 's/.*"backup_id" *: *"\([^"]*\)".*/\1/p')
curl --fail-with-body --silent --max-time 30 -X DELETE "$backups/backups/$backup_id" -H "X-Auth-Token: any" >/dev/null

# The second time it is gone. A failure on request: the header Prefer.
gone=$(curl --silent --max-time 30 -o /dev/null -w '%{http_code}' -X DELETE "$backups/backups/$backup_id" -H "X-Auth-Token: any")
busy=$(curl --silent --max-time 30 -o /dev/null -w '%{http_code}' -X DELETE "$backups/backups/$backup_id" \
  -H "X-Auth-Token: any" -H "Prefer: code=403, example=DBS.200019")
echo "deleted $backup_id, then $gone, busy $busy"
)
