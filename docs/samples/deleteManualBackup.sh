curl --fail-with-body --silent --show-error --max-time 30 \
  -X DELETE "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/backups/$GEMINIDB_BACKUP_ID" \
  -H "X-Auth-Token: $GEMINIDB_TOKEN"
