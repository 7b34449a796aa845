curl --fail-with-body --silent --show-error --max-time 30 \
  -X POST "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/instances/$GEMINIDB_INSTANCE_ID/backups" \
  -H "X-Auth-Token: $GEMINIDB_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "nightly",
    "description": "Before the release"
  }'
