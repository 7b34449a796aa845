curl --fail-with-body --silent --show-error --max-time 30 \
  -X POST "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/instances/$GEMINIDB_INSTANCE_ID/backups" \
  -H "X-Auth-Token: $GEMINIDB_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "Creating_a_manual_database-_and_table-level_backup",
    "description": "Create a manual database- and table-level manual backup.",
    "database_tables": [
      {"database_name": "databaseNameA", "table_names": ["table_A", "table_B"]},
      {"database_name": "databaseNameB", "table_names": null}
    ]
  }'
