OS_TOKEN="$GEMINIDB_TOKEN" npx geminidb-backup create \
  --project-id "$GEMINIDB_PROJECT_ID" --instance-id "$GEMINIDB_INSTANCE_ID" \
  --name nightly --description "Before the release"
