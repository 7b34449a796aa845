set -eu
created=$(curl --fail-with-body --silent --show-error \
  -X POST "$BASE_URL/v3/$PROJECT_ID/instances/$INSTANCE_ID/backups" \
  -H "X-Auth-Token: $TOKEN" -H "Content-Type: application/json" \
  -d '{ "name": "nightly", "description": "Before the release" }')
backup_id=$(printf '%s' "$created" | sed -n 's/.*"backup_id" *: *"\([^"]*\)".*/\1/p')
test -n "$backup_id" # an answer without it, such as a redirect, ends here
echo "made $backup_id"
curl --fail-with-body --silent --show-error --output /dev/null \
  -X DELETE "$BASE_URL/v3/$PROJECT_ID/backups/$backup_id" -H "X-Auth-Token: $TOKEN"
echo "deleted $backup_id"
