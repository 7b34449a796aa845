curl --fail-with-body --silent --show-error --proxytunnel --proxy "$PROXY_URL" \
  -X DELETE "$BASE_URL/v3/$PROJECT_ID/backups/$BACKUP_ID" -H "X-Auth-Token: $TOKEN"
