( set -eu # so that a failure does not end your shell
export GEMINIDB_URL="${GEMINIDB_URL:-http://127.0.0.1:4010}"
# The command reads the token and the project under the names of other tools.
export OS_TOKEN="${GEMINIDB_TOKEN:-any}" HUAWEICLOUD_SDK_PROJECT_ID="${GEMINIDB_PROJECT_ID:-my-project}"

created=$(npx geminidb-backup create --output text --name "first-$(date +%s)" --description "Before the release" \
  --instance-id "${GEMINIDB_INSTANCE_ID:-my-instance}")
backup_id=$(echo "$created" | awk '$1 == "backup_id" { print $2 }')
echo "created $backup_id"

# The instance is busy while the backup is made. The command tries again.
npx geminidb-backup delete --backup-id "$backup_id" --retries 30 >/dev/null
echo "deleted $backup_id"
)
