curl --fail-with-body --silent --show-error \
  -X DELETE "$BASE_URL/v3/$PROJECT_ID/backups/$BACKUP_ID" \
  -H "X-Auth-Token: $TOKEN"
