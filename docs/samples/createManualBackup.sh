curl --fail-with-body --silent --show-error \
  -X POST "$BASE_URL/v3/$PROJECT_ID/instances/$INSTANCE_ID/backups" \
  -H "X-Auth-Token: $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{ "name": "nightly", "description": "Before the release" }'
