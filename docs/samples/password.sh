set -eu
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# The token comes in a header. The password goes in by standard input, so that no list of processes shows it.
token=$(curl --fail-with-body --silent --show-error --max-time 30 --output /dev/null --dump-header - \
  -X POST "$GEMINIDB_IAM_URL/v3/auth/tokens?nocatalog=true" \
  -H "Content-Type: application/json" -d @- <<EOF | tr -d '\r' | sed -n 's/^x-subject-token: //ip'
{ "auth": {
    "identity": { "methods": ["password"], "password": { "user": {
      "name": "$(quoted "$GEMINIDB_USERNAME")",
      "password": "$(quoted "$GEMINIDB_PASSWORD")",
      "domain": { "name": "$(quoted "$GEMINIDB_DOMAIN")" } } } },
    "scope": { "project": { "name": "$(quoted "$GEMINIDB_PROJECT")" } } } }
EOF
)
test -n "$token"

printf 'header = "X-Auth-Token: %s"\n' "$token" |
  curl --fail-with-body --silent --show-error --max-time 30 --config - \
    -X DELETE "$GEMINIDB_URL/v3/$GEMINIDB_PROJECT_ID/backups/$GEMINIDB_BACKUP_ID"
