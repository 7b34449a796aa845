OS_TOKEN="$GEMINIDB_TOKEN" npx geminidb-backup create \
  --project-id "$GEMINIDB_PROJECT_ID" --instance-id "$GEMINIDB_INSTANCE_ID" \
  --name Creating_a_manual_database-_and_table-level_backup \
  --description "Create a manual database- and table-level manual backup." \
  --database-tables '[
    {"database_name": "databaseNameA", "table_names": ["table_A", "table_B"]},
    {"database_name": "databaseNameB", "table_names": null}
  ]'
