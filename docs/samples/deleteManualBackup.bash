OS_TOKEN="$GEMINIDB_TOKEN" npx geminidb-backup delete \
  --project-id "$GEMINIDB_PROJECT_ID" --backup-id "$GEMINIDB_BACKUP_ID"
