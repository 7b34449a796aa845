# A token from IAM: it comes in a header of the answer. curl cannot sign with an access key pair.
set -eu
token=$(curl --fail-with-body --silent --show-error --output /dev/null --dump-header - \
  -X POST "$IAM_URL/v3/auth/tokens?nocatalog=true" -H "Content-Type: application/json" -d @- <<EOF |
{ "auth": {
    "identity": { "methods": ["password"], "password": { "user": {
      "name": "backup-robot", "password": "$PASSWORD", "domain": { "name": "my-account" } } } },
    "scope": { "project": { "name": "ap-southeast-1" } } } }
EOF
  tr -d '\r' | sed -n 's/^x-subject-token: //ip')

test -n "$token"

# The token goes in by standard input, so that no list of processes shows it.
printf 'header = "X-Auth-Token: %s"\n' "$token" |
  curl --fail-with-body --silent --show-error --config - -X DELETE "$BASE_URL/v3/$PROJECT_ID/backups/$BACKUP_ID"
