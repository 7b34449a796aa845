import json
import os
import time
import urllib.error
import urllib.request

base = os.environ.get("GEMINIDB_URL", "http://127.0.0.1:4010")
token = os.environ.get("GEMINIDB_TOKEN", "any-token")
project = os.environ.get("GEMINIDB_PROJECT_ID", "my-project")
instance = os.environ.get("GEMINIDB_INSTANCE_ID", "my-instance")
wait = float(os.environ.get("GEMINIDB_WAIT") or "10")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # a redirect would carry the token away
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))


def call(method, path, body=None):
    request = urllib.request.Request(
        f"{base}/v3/{project}{path}",
        method=method,
        headers={"X-Auth-Token": token, "Content-Type": "application/json"},
        data=body and json.dumps(body).encode(),
    )
    for retries in range(30, -1, -1):
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            answer = error.read().decode()
            # The instance is busy while the backup is made. Nothing was started: try again.
            if not retries or "DBS.200019" not in answer and "DBS.201015" not in answer:
                raise SystemExit(f"{error.code}: {answer}")
            time.sleep(wait)


backup = {"name": "first-call", "description": "Before the release"}
backup_id = call("POST", f"/instances/{instance}/backups", backup)["backup_id"]
print("created", backup_id)
call("DELETE", f"/backups/{backup_id}")
print("deleted", backup_id)
