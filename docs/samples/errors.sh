set -eu
back_up() {
  answer=$(curl --silent --show-error --write-out '\n%{http_code}' \
    -X POST "$BASE_URL/v3/$PROJECT_ID/instances/$INSTANCE_ID/backups" \
    -H "X-Auth-Token: $TOKEN" -H "Content-Type: application/json" \
    -d "{ \"name\": \"$1\", \"description\": \"\" }") || { echo "no answer: look before you repeat it"; return; }
  code=$(printf '%s' "$answer" | sed -n 's/.*"error_code" *: *"\([^"]*\)".*/\1/p')
  case "${code:-$(printf '%s' "$answer" | tail -n 1)}" in
    202) echo "made" ;;
    DBS.201201) echo "there is one of this name already" ;;
    DBS.200019 | DBS.201015 | APIGW.0308 | 429) echo "later" ;;
    *) echo "refused: ${code:-no code}" ;;
  esac
}
for name in nightly nightly "not a name"; do echo "$name: $(back_up "$name")"; done
