# The mock runs: npx geminidb-backup mock --control
set -eu
mock="${GEMINIDB_URL:-http://127.0.0.1:4010}"
control() { curl --fail-with-body --silent --show-error "$@"; }

control -X POST "$mock/__mock/reset"
control "$mock/__mock/replies" -d '{ "createManualBackup": [{ "fault": "reset" }] }'

# The answer is lost, but the backup is made.
curl --silent -X POST "$mock/v3/my-project/instances/my-instance/backups" \
  -H "X-Auth-Token: any" -H "Content-Type: application/json" \
  -d '{ "name": "from-shell", "description": "For a test" }' || echo "no answer: curl ends with $?"
control "$mock/__mock/backups" | grep --only-matching '"name":"from-shell"'
control "$mock/__mock/verify" && echo "as planned"
